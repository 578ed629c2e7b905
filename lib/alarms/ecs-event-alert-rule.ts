// SPDX-License-Identifier: Apache-2.0
import { AlertRule } from './alert-rule';
import { deploymentFailed } from './rules/deployment-failed';
import { EcsEventAlertOptions } from './rules/event-rule';
import { imagePullFailed } from './rules/image-pull-failed';
import { outOfMemory } from './rules/out-of-memory';
import { taskPlacementFailed } from './rules/task-placement-failed';
import { taskStartImpaired } from './rules/task-start-impaired';
import { taskStoppedWithError } from './rules/task-stopped-with-error';

/**
 * Rules about what ECS itself tells: one event is enough.
 *
 * In CloudWatch a rule is an EventBridge rule, which tells the topics of each event at once (the same one may come twice), and an alarm on how often it was triggered, which
 * does what else the backend has: it does not tell the same topics again, except imported ones, of which nobody here knows whether EventBridge may tell them.
 *
 * Both are for the whole cluster, or for all of the `services` together. For the whole cluster it costs as much for 100 services as for one. An event pattern has 2,048
 * characters, which do for about 25 of the `services`, fewer with long names; more are an error.
 *
 * Datadog's AWS integration collects what the console shows as the events of a service, and of these only such as hold one of the words drain, error, fail, insufficient memory,
 * pending, reboot and terminate, unless Datadog's support lifts that. Events of tasks are not among them.
 *
 * @see https://docs.datadoghq.com/integrations/amazon_ecs/#events
 */
export class EcsEventAlertRule {
  /**
   * A service fails to start tasks again and again, so ECS has slowed down (`SERVICE_TASK_START_IMPAIRED`). Id `TaskStartImpaired`.
   *
   * CloudWatch: one EventBridge rule and one alarm. Datadog: needs the AWS integration, whose events of ECS it searches; one monitor.
   */
  public static taskStartImpaired(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(taskStartImpaired(options));
  }

  /**
   * A deployment of a service failed or is rolled back. Id `DeploymentFailed`. ECS tells only of services with a deployment circuit breaker or deployment alarms.
   *
   * CloudWatch: one EventBridge rule and one alarm; a deployment that fails and is rolled back is told of twice. Datadog: needs the AWS integration, and sees the failure, not a
   * rollback by an alarm; one monitor.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
   */
  public static deploymentFailed(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(deploymentFailed(options));
  }

  /**
   * A task failed to start, ended with an exit code other than 0 and 143, or failed its health checks. Id `TaskStoppedWithError`. What people, deployments, scaling or Spot
   * stop is fine.
   *
   * CloudWatch: one EventBridge rule and one alarm. Datadog: needs the AWS integration, and sees failed health checks only: it collects the events of services, which say
   * nothing of exit codes; one monitor.
   */
  public static taskStoppedWithError(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(taskStoppedWithError(options));
  }

  /**
   * A task could not start for want of an image (`CannotPull…`), or could not log in to the registry, for which Fargate has the same message as for a secret. Id
   * `ImagePullFailed`.
   *
   * CloudWatch: one EventBridge rule and one alarm. Datadog cannot: it collects the events of services, which do not say it; `taskStartImpaired` is what follows.
   */
  public static imagePullFailed(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(imagePullFailed(options));
  }

  /**
   * A container was killed for its memory. Id `OutOfMemory`. One that is restarted within its task is not seen until the task stops.
   *
   * CloudWatch: one EventBridge rule and one alarm; exit code 137 counts too, unless ECS stopped the task, so
   * a sidecar that does not stop in time after the essential container has ended looks the same. Datadog: needs the Agent on container instances, and may miss a
   * container that is gone before it is looked at; one monitor. None for Fargate.
   */
  public static outOfMemory(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(outOfMemory(options));
  }

  /**
   * There was no place for a task of a service (`SERVICE_TASK_PLACEMENT_FAILURE`). Id `TaskPlacementFailed`. It comes again until there is one.
   *
   * CloudWatch: one EventBridge rule and one alarm. Datadog: needs the AWS integration, which collects such an event for want of memory, not of CPU, unless Datadog's
   * support lifts its filter; one monitor.
   *
   * @see https://docs.datadoghq.com/integrations/amazon_ecs/#events
   */
  public static taskPlacementFailed(options: EcsEventAlertOptions = {}): AlertRule {
    return AlertRule._of(taskPlacementFailed(options));
  }

  private constructor() {}
}
