// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogSloProps, DatadogSloThreshold, DatadogSloTimeframe } from './datadog-slo-props';
import { sortedData } from '../../../private/sorted-data';
import { checkTags, checkText } from '../check-fields';
import { mergeApiJson } from '../merge-api-json';
import { ApiJson } from '../resource-description';

/** A service level objective as the API takes it. */
export function sloDefinition({ name, sli, thresholds, description, tags, additionalFields }: DatadogSloProps): ApiJson {
  checkText('name', name);
  checkTags('tags', tags);
  checkThresholds(thresholds);
  return sortedData(mergeApiJson({
    ...Object.fromEntries(Object.entries(sli._fields).map(([field, value]) => [field, { property: 'sli', value }])),
    name: { property: 'name', value: name },
    thresholds: { property: 'thresholds', value: thresholds.map(({ timeframe, target, warning }) => ({ timeframe, target, warning })) },
    description: { property: 'description', value: description },
    tags: { property: 'tags', value: tags },
  }, 'additionalFields', additionalFields));
}

/** https://docs.datadoghq.com/api/latest/service-level-objectives/create-an-slo-object/ */
function checkThresholds(thresholds: DatadogSloThreshold[]): void {
  if (!Array.isArray(thresholds) || thresholds.length === 0) {
    throw new Error('\'thresholds\' must hold at least one timeframe with its target, got: none');
  }
  const timeframes: string[] = Object.values(DatadogSloTimeframe);
  const seen = new Set<string>();
  thresholds.forEach(({ timeframe, target, warning }, index) => {
    const property = `thresholds[${index}]`;
    if (!Token.isUnresolved(timeframe) && !timeframes.includes(timeframe)) {
      throw new Error(`'${property}.timeframe' must be one of ${timeframes.join(', ')}, got: '${timeframe}'`);
    }
    if (seen.has(timeframe)) {
      throw new Error(`'${property}.timeframe' must differ from that of the other thresholds, got: '${timeframe}' again`);
    }
    seen.add(timeframe);
    checkPercentage(`${property}.target`, target);
    if (warning === undefined) {
      return;
    }
    checkPercentage(`${property}.warning`, warning);
    if (!Token.isUnresolved(target) && !Token.isUnresolved(warning) && warning <= target) {
      throw new Error(`'${property}.warning' must be above the target (${target}), got: ${warning}`);
    }
  });
}

function checkPercentage(property: string, value: number): void {
  if (!Token.isUnresolved(value) && !(typeof value === 'number' && value > 0 && value <= 100)) {
    throw new Error(`'${property}' must be a percentage above 0 and at most 100, got: ${value}`);
  }
}
