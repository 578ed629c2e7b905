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
    return new MonitorExpression(Token.isUnresolved(monitorId) ? Tokenization.stringifyNumber(monitorId) : `${monitorId}`, true);
  }

  private constructor(private readonly text: string, private readonly isSimple: boolean) {}

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
    return new MonitorExpression(`!${this.operand}`, true);
  }

  /** As Datadog's query language has it, with the monitors' ids. */
  public toString(): string {
    return this.text;
  }

  private combine(operator: string, others: MonitorExpression[]): MonitorExpression {
    return others.length === 0 ? this : new MonitorExpression([this, ...others].map(({ operand }) => operand).join(` ${operator} `), false);
  }

  private get operand(): string {
    return this.isSimple ? this.text : `(${this.text})`;
  }
}
