// SPDX-License-Identifier: Apache-2.0

/**
 * Events as ECS sends them, of cluster `prod` in account 111111111111, eu-west-1, and its service `web`. The shapes and texts are those of
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html.
 */
const ENVELOPE = { version: '0', id: '3317b2af-7005-947d-b652-f55e762e571a', source: 'aws.ecs', account: '111111111111', time: '2026-01-23T17:57:58Z', region: 'eu-west-1' };
const ECS = 'arn:aws:ecs:eu-west-1:111111111111';
const CLUSTER = `${ECS}:cluster/prod`;
const SERVICE = `${ECS}:service/prod/web`;
const TASK = `${ECS}:task/prod/c13b4cb40f1f4fe4a2971f76ae5a47ad`;

function serviceAction(eventType: string, eventName: string, more: object = {}) {
  const detail = { eventType, eventName, clusterArn: CLUSTER, createdAt: '2026-01-23T17:57:58.725Z', ...more };
  return { ...ENVELOPE, 'detail-type': 'ECS Service Action', 'resources': [SERVICE], detail };
}

export const steadyState = () => serviceAction('INFO', 'SERVICE_STEADY_STATE');
export const taskStartImpaired = () => serviceAction('WARN', 'SERVICE_TASK_START_IMPAIRED');
export const placementFailure = () => serviceAction('ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE', {
  capacityProviderArns: [`${ECS}:capacity-provider/FARGATE_SPOT`], reason: 'RESOURCE:FARGATE',
});

/** It names the cluster nowhere but in the service's ARN. */
function deployment(eventType: string, eventName: string, reason: string) {
  const detail = { eventType, eventName, deploymentId: 'ecs-svc/123', updatedAt: '2026-01-23T17:11:11Z', reason };
  return { ...ENVELOPE, 'detail-type': 'ECS Deployment State Change', 'resources': [SERVICE], detail };
}

export const deploymentInProgress = () => deployment('INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', 'ECS deployment ecs-svc/123 in progress.');
export const deploymentCompleted = () => deployment('INFO', 'SERVICE_DEPLOYMENT_COMPLETED', 'ECS deployment ecs-svc/123 completed.');
export const deploymentFailed = () => deployment('ERROR', 'SERVICE_DEPLOYMENT_FAILED', 'ECS deployment circuit breaker: task failed to start.');
export const rollback = () => deployment('INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/122.');

function taskStateChange(lastStatus: string, task: object, containers: object[]) {
  const detail = {
    attachments: [],
    availabilityZone: 'eu-west-1c',
    clusterArn: CLUSTER,
    containers: containers.map((container, index) => ({
      containerArn: `${ECS}:container/${index}`, lastStatus, name: `c${index}`, image: 'web:1', taskArn: TASK, networkInterfaces: [], cpu: '0', ...container,
    })),
    createdAt: '2026-01-23T17:57:34.402Z',
    launchType: 'FARGATE',
    cpu: '256',
    memory: '512',
    desiredStatus: lastStatus,
    group: 'service:web',
    lastStatus,
    overrides: { containerOverrides: [] },
    connectivity: 'CONNECTED',
    taskArn: TASK,
    taskDefinitionArn: `${ECS}:task-definition/web:1`,
    version: 4,
    ...task,
  };
  return { ...ENVELOPE, 'detail-type': 'ECS Task State Change', 'resources': [TASK], detail };
}

const stopped = (stopCode: string, stoppedReason: string, containers: object[]) => taskStateChange('STOPPED', { stopCode, stoppedReason }, containers);

export const running = () => taskStateChange('RUNNING', { startedAt: '2026-01-23T17:57:58.103Z' }, [{}]);
export const exited = (exitCode: number) => stopped('EssentialContainerExited', 'Essential container in task exited', [{ exitCode }, { exitCode: 0 }]);
/** A job is done, and its sidecar was told to stop. */
export const doneWithSidecar = () => stopped('EssentialContainerExited', 'Essential container in task exited', [{ exitCode: 0 }, { exitCode: 143 }]);
export const scaledIn = (exitCode = 143) => stopped('ServiceSchedulerInitiated', 'Scaling activity initiated by (deployment ecs-svc/6524458012816012998)', [{ exitCode }]);
export const stoppedByUser = () => stopped('UserInitiated', 'Task stopped by user', [{ exitCode: 143 }]);
export const failedHealthCheck = () => stopped('ServiceSchedulerInitiated',
  'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1c38bf81f6e9e283)', [{ exitCode: 137 }]);
export const outOfMemory = () => stopped('EssentialContainerExited', 'Essential container in task exited',
  [{ exitCode: 0 }, { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }]);
export const cannotPull = () => stopped('TaskFailedToStart',
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/web:1: not found', [{}]);
export const cannotPullOnInstance = () => stopped('TaskFailedToStart', 'Task failed to start',
  [{}, { reason: 'CannotPullContainerError: Error response from daemon: manifest for web:1 not found' }]);
export const noRegistryAuth = () => stopped('TaskFailedToStart',
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm', [{}]);

/** The same event of a cluster `production`, whose name begins with that of the other. */
export function inOtherCluster(event: any): any {
  return JSON.parse(JSON.stringify(event).replace(/\bprod\b/g, 'production'));
}
