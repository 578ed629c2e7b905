// SPDX-License-Identifier: Apache-2.0
import { Token, Tokenization } from 'aws-cdk-lib';
import { IDatadogMonitor } from './i-datadog-monitor';

/**
 * Which monitors have to alert, for `DatadogMonitor.composite()`.
 *
 * @see https://docs.datadoghq.com/monitors/types/composite/
 */
export class MonitorExpression {
  /** The monitor alerts. */
  public static of(monitor: IDatadogMonitor): MonitorExpression {
    const { monitorId } = monitor;
    return new MonitorExpression(Token.isUnresolved(monitorId) ? Tokenization.stringifyNumber(monitorId) : `${monitorId}`, true, [monitor]);
  }

  /** @internal */
  public readonly _monitors: readonly IDatadogMonitor[];

  private constructor(private readonly text: string, private readonly isSimple: boolean, monitors: readonly IDatadogMonitor[]) {
    this._monitors = monitors;
  }

  /** This is so, and each of the others. */
  public and(...others: MonitorExpression[]): MonitorExpression {
    return this.combine('&&', others);
  }

  /** This is so, or at least one of the others. */
  public or(...others: MonitorExpression[]): MonitorExpression {
    return this.combine('||', others);
  }

  /** This is not so. */
  public not(): MonitorExpression {
    return new MonitorExpression(`!${this.operand}`, true, this._monitors);
  }

  /** As Datadog's query language has it, with the monitors' ids. */
  public toString(): string {
    return this.text;
  }

  private combine(operator: string, others: MonitorExpression[]): MonitorExpression {
    if (others.length === 0) {
      return this;
    }
    const all = [this, ...others];
    return new MonitorExpression(all.map(({ operand }) => operand).join(` ${operator} `), false, all.flatMap(({ _monitors }) => _monitors));
  }

  private get operand(): string {
    return this.isSimple ? this.text : `(${this.text})`;
  }
}
