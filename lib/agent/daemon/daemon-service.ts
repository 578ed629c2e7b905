// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { DaemonHost } from './daemon-host';
import { AgentDaemonServiceProps } from '../agent-daemon-service-props';

/** Runs the Agent's task once on every instance of a kind. */
export function addDaemonService(scope: Construct, taskDefinition: ecs.TaskDefinition, host: DaemonHost, props: AgentDaemonServiceProps):
ecs.BaseService {
  const common = {
    cluster: props.cluster,
    taskDefinition,
    serviceName: props.serviceName,
    daemon: true,
    // Two Agents on one instance would fight for its sockets and ports, so the old one goes first.
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    circuitBreaker: { enable: true, rollback: true },
    enableECSManagedTags: props.enableECSManagedTags ?? true,
    propagateTags: props.propagateTags ?? ecs.PropagatedTagSource.SERVICE,
    enableExecuteCommand: props.enableExecuteCommand,
  };
  if (host.compatibility === ecs.Compatibility.EXTERNAL) {
    return new ecs.ExternalService(scope, 'Service', common);
  }
  return new ecs.Ec2Service(scope, 'Service', {
    ...common,
    placementConstraints: [ecs.PlacementConstraint.memberOf(`attribute:ecs.os-type == ${host.osType}`)],
  });
}
