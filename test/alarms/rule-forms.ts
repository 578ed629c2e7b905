// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { NamedRule, everyRule } from './every-rule';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';
import { accountIn, textOf } from '../datadog/resources/fixture';

/** Where the table is, from the root of the repository. */
export const ALERT_RULES = 'docs/alert-rules.md';

const ARN = 'arn:aws:ecs:eu-west-1:111111111111';

/** What a backend makes of a rule; or why it makes nothing of it. */
export interface RuleForm {
  /** What is watched: a cell of the table. */
  readonly summary: string;
  /** What the template has, or the reason. */
  readonly text: string;
}

/** The forms of a rule: for a whole cluster, in CloudWatch for a service where only that can be. */
export interface RuleForms {
  readonly id: string;
  readonly cloudWatch: RuleForm;
  readonly datadog: RuleForm;
}

export function formsOf({ rule }: NamedRule): RuleForms {
  return { id: rule.id, cloudWatch: cloudWatchForm(rule), datadog: datadogForm(rule) };
}

function watch(rule: AlertRule, backend: (stack: Stack) => AlertBackend, services: string[] | undefined): Template | string {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  try {
    new EcsAlarms(stack, 'Alarms', {
      cluster: ecs.Cluster.fromClusterArn(stack, 'Cluster', `${ARN}:cluster/prod`),
      services: services?.map((name) => ecs.FargateService.fromFargateServiceArn(stack, name, `${ARN}:service/prod/${name}`)),
      containerInsights: true,
      rules: [rule],
      backends: [backend(stack)],
    });
  } catch (error) {
    return (error as Error).message.replace(/^.*?, got: \w+: /, '').replace(/\. \w+ can$/, '');
  }
  return Template.fromStack(stack);
}

function cloudWatchForm(rule: AlertRule): RuleForm {
  const backend = () => AlertBackend.cloudWatch();
  const whole = watch(rule, backend, undefined);
  const each = watch(rule, backend, ['web']);
  const template = typeof whole === 'string' ? each : whole;
  if (typeof template === 'string') {
    return { summary: '–', text: template };
  }
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const [eventRule] = Object.values(template.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.EventPattern);
  const isOfService = typeof whole === 'string' || (typeof each !== 'string' && rule._description.cloudWatch?.isPerService === true);
  const scope = typeof whole === 'string' ? 'for each of `services`, which it needs' : isOfService ? 'for the cluster, or each of `services`' : 'one';
  const { containerInsights } = rule._description.cloudWatch!;
  const needs = { none: '', standard: '; Container Insights', enhanced: '; enhanced Container Insights' }[containerInsights];
  return {
    summary: `${eventRule ? 'EventBridge rule and alarm' : 'alarm'}, ${scope}${needs}`,
    text: [...eventRule ? [JSON.stringify(asText(eventRule))] : [], alarmText(alarm)].join('\n'),
  };
}

/** An alarm in two lines: what, compared with what, for how long, and what silence means. */
function alarmText(alarm: any): string {
  const { Namespace, MetricName, Statistic, Metrics = [], Dimensions = [], Period, ...condition } = asText(alarm);
  const { EvaluationPeriods, Threshold, ComparisonOperator, TreatMissingData } = condition;
  const dimensions = Dimensions.map(({ Name, Value }: any) => `${Name}=${Value}`).join(', ');
  const what = MetricName ? `${Statistic} ${Namespace} ${MetricName} {${dimensions}}` : Metrics.map(metricText).join('; ');
  const period = Period ?? Metrics.map((metric: any) => metric.Period ?? metric.MetricStat?.Period).find((seconds: any) => seconds);
  return `${what}\n${OPERATORS[ComparisonOperator]} ${Threshold} in ${EvaluationPeriods} x ${period} s; missing data: ${TreatMissingData}`;
}

function metricText({ Id, Expression, MetricStat }: any): string {
  return Expression ?? `${Id} = ${MetricStat.Stat} ${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName}`;
}

const OPERATORS: { readonly [name: string]: string } = {
  GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=', LessThanThreshold: '<', LessThanOrEqualToThreshold: '<=',
};

/** References by the logical id of what they refer to, without its hash. */
function asText(value: any): any {
  return JSON.parse(JSON.stringify(value), (_key, inner) => {
    if (inner?.Ref) {
      return inner.Ref === 'AWS::Partition' ? 'aws' : inner.Ref.replace(/[0-9A-F]{8}$/, '');
    }
    return inner?.['Fn::Join'] ? inner['Fn::Join'][1].join('') : inner;
  });
}

function datadogForm(rule: AlertRule): RuleForm {
  const template = watch(rule, (stack) => AlertBackend.datadog({ account: accountIn(stack) }), undefined);
  if (typeof template === 'string') {
    return { summary: '–', text: template };
  }
  const [{ Properties }] = Object.values(template.findResources('Custom::DatadogMonitor'));
  const { type, query, options } = JSON.parse(textOf(Properties.Definition));
  return {
    summary: `${type}${options.evaluation_delay ? `, ${options.evaluation_delay / 60} min late` : ''}`,
    text: [query, JSON.stringify(options)].join('\n'),
  };
}

/** Each rule and what both backends make of it. */
export function renderAlertRules(): string {
  const rules = everyRule().map((named) => ({ ...named, ...formsOf(named) }));
  return [
    '# Alert rules',
    '',
    'Generated from the code by `npx tsx --tsconfig tsconfig.dev.json test/docs/update.ts`; a test compares, and `npx projen alert-rules` prints it. Each rule is shown with its',
    'defaults, for the cluster `prod` in eu-west-1 of account 111111111111. What a rule needs and costs, and what it cannot see, stands in its docstring.',
    '',
    '"One" is one alarm whether or not there are `services`. A monitor is one in any case, with a state for each of its groups. "15 min late" is what Datadog waits for data of the',
    "AWS integration: 5 with a metric stream, where it is CloudWatch's.",
    '',
    '| Rule | CloudWatch | Datadog |',
    '| --- | --- | --- |',
    ...rules.map(({ call, cloudWatch, datadog }) => `| [\`${call}\`](#${anchor(call)}) | ${cloudWatch.summary} | ${datadog.summary} |`),
    '',
    ...rules.flatMap(({ call, id, cloudWatch, datadog }) => [
      `## ${call}`, '', `Id \`${id}\`.`, '', ...section('CloudWatch', cloudWatch), ...section('Datadog', datadog),
    ]),
  ].join('\n');
}

function section(backend: string, { summary, text }: RuleForm): string[] {
  return summary === '–' ? [`Not in ${backend}: ${text}.`, ''] : [`${backend}:`, '', '```text', text, '```', ''];
}

/** As GitHub makes it of a heading. */
function anchor(call: string): string {
  return call.toLowerCase().replace('.', '');
}
