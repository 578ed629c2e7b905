// SPDX-License-Identifier: Apache-2.0
import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IEnvironmentAware, ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { AlertBackend } from './alert-backend';
import { AlertRenderer, RenderedAlert } from './alert-renderer';
import { AlertRule } from './alert-rule';
import { AlertRuleOptions } from './alert-rule-options';
import { AlertTarget } from './alert-target';
import { CompositeDescription } from './composite-alert';

/** What the user calls the properties. */
export interface AlertPropertyNames {
  readonly rules: string;
  readonly backends: string;
}

const OWN_NAMES: AlertPropertyNames = { rules: 'rules', backends: 'backends' };

/** Nobody to watch or to be watched would be alarms that are missing; a thing twice would be two of one construct id. No rules are no alarms. */
export function validateLists(rules: AlertRule[], backends: AlertBackend[], services: ecs.IService[] | undefined, names = OWN_NAMES): void {
  const lists: [string, unknown[] | undefined][] = [[names.backends, backends], ['services', services]];
  for (const [name, list] of lists) {
    if (list?.length === 0) {
      throw new Error(`'${name}' must hold at least one element or be left out, got: an empty list`);
    }
  }
  const twiceRule = firstRepeated(rules.map((rule) => rule.id));
  if (twiceRule !== undefined) {
    throw new Error(`'${names.rules}' must hold each rule once (give the second one an 'id'), got: '${twiceRule}' twice`);
  }
  const twiceBackend = firstRepeated(backends.map((backend) => backend._renderer.name));
  if (twiceBackend !== undefined) {
    throw new Error(`'${names.backends}' must hold one backend of a kind (give it all topics and actions), got: ${twiceBackend} twice`);
  }
}

function firstRepeated(values: string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/**
 * Metrics and events of another account, region or cluster never arrive: alarms on them would stay silent for ever. Refused where it is known.
 */
export function validateWatched(scope: Construct, cluster: ecs.IClusterRef, services: ecs.IService[]): void {
  validateEnvironment(scope, 'cluster', environmentOf(cluster, cluster.clusterRef.clusterArn));
  for (const service of services) {
    validateEnvironment(scope, 'services', environmentOf(service, service.serviceArn));
    const actual = clusterOf(service);
    if (actual && isOtherCluster(actual, cluster)) {
      throw new Error(`'services' must be of the given 'cluster', got: ${service.node.path} of cluster ${actual.node.path}`);
    }
  }
}

function validateEnvironment(scope: Construct, prop: string, { account, region }: ResourceEnvironment): void {
  const own = Stack.of(scope);
  if (differ(account, own.account) || differ(region, own.region)) {
    throw new Error(`'${prop}' must be in the account and region of these alarms (${own.account}/${own.region}), got: ${account}/${region}`);
  }
}

/** A service imported by its ARN says that it is of the stack's environment, so the ARN comes first. */
function environmentOf(resource: IEnvironmentAware, arn: string): ResourceEnvironment {
  if (Token.isUnresolved(arn)) {
    return resource.env;
  }
  const { account, region } = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  return { account: account ?? resource.env.account, region: region ?? resource.env.region };
}

/** Only a service that was made with a cluster knows it. */
function clusterOf(service: ecs.IService): ecs.ICluster | undefined {
  return 'cluster' in service ? (service as ecs.IBaseService).cluster : undefined;
}

/** Two references to one cluster may be two constructs; two clusters of this app, or two known names, are not one. */
function isOtherCluster(one: ecs.IClusterRef, other: ecs.IClusterRef): boolean {
  if (one instanceof ecs.Cluster && other instanceof ecs.Cluster) {
    return one !== other;
  }
  return differ(one.clusterRef.clusterName, other.clusterRef.clusterName);
}

function differ(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

/** Asked of every rule before anything is made. */
export function validateExpressible(rules: AlertRule[], backends: AlertBackend[], target: AlertTarget, names = OWN_NAMES): void {
  validateOptions(rules, backends, target, names);
  for (const rule of rules) {
    const objections = backends.map(({ _renderer }) => ({ name: _renderer.name, reason: _renderer.objection(rule._description, target) }));
    if (objections.every(({ reason }) => reason !== undefined)) {
      const reasons = objections.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
      const hint = helpfulBackends(rule, backends, target);
      throw new Error(`rule '${rule.id}' must be one that at least one of '${names.backends}' can express, got: ${reasons}${hint}`);
    }
  }
}

/** The vendors that could, as they say themselves. */
function helpfulBackends(rule: AlertRule, backends: AlertBackend[], target: AlertTarget): string {
  const { cloudWatch, datadog, window } = rule._description;
  const able = [
    ...(cloudWatch && cloudWatch.objection(window, target) === undefined ? ['CloudWatch'] : []),
    ...(datadog && datadog.objection(rule._description, target) === undefined ? ['Datadog'] : []),
  ].filter((name) => backends.every(({ _renderer }) => _renderer.name !== name));
  return able.length === 0 ? '' : `. ${able.join(' and ')} can`;
}

function validateOptions(rules: AlertRule[], backends: AlertBackend[], target: AlertTarget, names: AlertPropertyNames): void {
  for (const { id, _description } of rules) {
    const able = backends.map(({ _renderer }) => _renderer).filter((renderer) => renderer.objection(_description, target) === undefined);
    checkOptions(`rule '${id}'`, _description.options, able, names.backends);
  }
}

/** An option that no backend has would be lost without a word. */
export function checkOptions(owner: string, options: AlertRuleOptions, renderers: AlertRenderer[], backends = OWN_NAMES.backends): void {
  const missing = renderers.map((renderer) => renderer.missingOptions(options));
  const lost = missing[0]?.find((option) => missing.every((names) => names.includes(option)));
  if (lost !== undefined) {
    throw new Error(`'${lost}' of ${owner} must be left out, since none of '${backends}' that can express it has it, `
      + `got: ${renderers.map(({ name }) => name).join(', ')}. ${lost === 'escalationMessage' ? "It takes AlertBackend.datadog() and a 'renotifyInterval'"
        : 'AlertBackend.datadog() has it'}`);
  }
}

/** A composite that never alerts is worse than none, since its rules are mostly silent for its sake. */
export function checkComposite(composite: CompositeDescription, operands: RenderedAlert[][], renderers: AlertRenderer[]): void {
  for (const renderer of renderers) {
    const objection = renderer.compositeObjection?.(composite, operands);
    if (objection !== undefined) {
      throw new Error(`'${composite.isAll ? 'allOf' : 'anyOf'}' of composite '${composite.id}' must be rules that ${renderer.name} can combine, got: ${objection}. Combine rules `
        + 'with the same groups, such as CpuUtilization and MemoryUtilization');
    }
  }
}
