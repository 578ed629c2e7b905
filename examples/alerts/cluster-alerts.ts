// SPDX-License-Identifier: Apache-2.0
import { Annotations, Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  AlertBackend, AlertMuteWindow, AlertRule, AlertSeverity, ApmAlertRule, DatadogAccount, EcsAlarms, EcsEventAlertRule, LogForwarder,
} from 'cdk-ecs-datadog';

export interface ClusterAlertsProps {
  readonly cluster: ecs.ICluster;
  readonly datadog: DatadogAccount;
  readonly forwarder: LogForwarder;
  readonly onCall: sns.ITopic;
  /** Whom Datadog notifies. */
  readonly notify: string[];
}

/** Where it is written what to do. */
const RUNBOOKS = 'https://wiki.example.com/runbooks';

/** What is of low severity waits until the morning. */
const NIGHT: AlertMuteWindow = { start: '22:00', duration: Duration.hours(8), timezone: 'Europe/Berlin' };

/** When somebody is paged over the whole cluster: each rule once for CloudWatch, once for Datadog, however many services there are. */
export class ClusterAlerts extends Construct {
  public readonly alarms: EcsAlarms;

  constructor(scope: Construct, id: string, { cluster, datadog, forwarder, onCall, notify }: ClusterAlertsProps) {
    super(scope, id);
    this.alarms = new EcsAlarms(this, 'Alarms', {
      cluster,
      rules: [
        ...AlertRule.recommended(),
        AlertRule.noTasks({ severity: AlertSeverity.CRITICAL, runbookUrl: `${RUNBOOKS}/nothing-runs` }),
        AlertRule.ephemeralStorage({ severity: AlertSeverity.LOW, muteWindows: [NIGHT] }),
        EcsEventAlertRule.deploymentFailed({ severity: AlertSeverity.HIGH, runbookUrl: `${RUNBOOKS}/deployments` }),
        EcsEventAlertRule.taskStartImpaired({ severity: AlertSeverity.CRITICAL, runbookUrl: `${RUNBOOKS}/tasks-do-not-start` }),
        // What only one of the two can see is left to that one.
        EcsEventAlertRule.imagePullFailed({ severity: AlertSeverity.HIGH, runbookUrl: `${RUNBOOKS}/tasks-do-not-start` }),
        AlertRule.runningBelowDesired({ longerThan: Duration.minutes(30), severity: AlertSeverity.HIGH }),
        AlertRule.runningContainersDropped({ by: 2, within: Duration.hours(1), severity: AlertSeverity.HIGH }),
        ApmAlertRule.errorRate({
          env: 'prod', operation: 'express.request', above: 5, recoveryThreshold: 2, severity: AlertSeverity.HIGH, runbookUrl: `${RUNBOOKS}/requests-fail`,
        }),
        // Counted by the forwarder for CloudWatch, and by Datadog itself.
        AlertRule.logErrors({
          moreThan: 500, within: Duration.minutes(5), metric: forwarder.metricErrorLogs({ grouped: true }), severity: AlertSeverity.HIGH,
        }),
        // These only stand in the composite below.
        AlertRule.logsStillUndelivered({ metric: forwarder.metricOldestUndeliveredAge(), actionsEnabled: false }),
        AlertRule.refusedLogs({ metric: forwarder.metricRefused(), actionsEnabled: false }),
        AlertRule.forwarderErrors({ metric: forwarder.metricErrors(), actionsEnabled: false }),
      ],
      backends: [
        AlertBackend.cloudWatch({ topics: [onCall], tags: { team: 'shop' } }),
        AlertBackend.datadog({ account: datadog, notify, tags: { team: 'shop' }, priority: 3, renotifyInterval: Duration.hours(2) }),
      ],
    });

    // For a whole cluster these are Datadog's; CloudWatch has them in `WebAlarms`, for one service.
    for (const rule of ['RunningBelowDesired', 'RunningContainersDropped']) {
      Annotations.of(this).acknowledgeWarning(`cdk-ecs-datadog:ruleNotWatched:${rule}:CloudWatch`);
    }

    // One page for one cause, whichever of them sees it first.
    this.alarms.addComposite('LogsNotDelivered', {
      title: 'Logs do not reach Datadog',
      advice: "look at the key, the site and the forwarder's own log",
      anyOf: ['LogsStillUndelivered', 'RefusedLogs', 'ForwarderErrors'],
      severity: AlertSeverity.MEDIUM,
      runbookUrl: `${RUNBOOKS}/log-forwarder`,
    });
  }
}
