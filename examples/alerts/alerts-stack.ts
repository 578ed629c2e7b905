// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ClusterAlerts } from './cluster-alerts';
import { datadogAccount } from './datadog-account';
import { importVpc } from './platform';
import { ShopObjectives } from './shop-objectives';
import { ShopService } from './shop-service';
import { AlertBackend, AlertRule, AlertSeverity, EcsAlarms, LogForwarder } from 'cdk-ecs-datadog';

/** In lower case as Datadog keeps it: its searches of logs and events tell capitals apart, and the names that CloudFormation chooses have some. */
const CLUSTER_NAME = 'shop-prod';

/** Two services, and who is paged for them, in CloudWatch and in Datadog. */
export class AlertsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: importVpc(this), clusterName: CLUSTER_NAME, containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    });
    const datadog = datadogAccount(this);
    const web = new ShopService(this, 'Web', { cluster, datadog, name: 'shop-web', version: '1.4.2' });
    const worker = new ShopService(this, 'Worker', { cluster, datadog, name: 'shop-worker', version: '2.0.1' });
    const forwarder = new LogForwarder(this, 'Forwarder', { datadog, env: 'prod', tags: { team: 'shop' } });
    for (const { taskDefinition } of [web, worker]) {
      // With its cluster on it, a log is found by the monitors of that cluster.
      forwarder.addTaskDefinition(taskDefinition, { clusterName: CLUSTER_NAME });
    }

    // A key of one's own, since no AWS service may use the key `alias/aws/sns`. The alarms edit the policies of topic and key themselves.
    const onCall = new sns.Topic(this, 'OnCall', { enforceSSL: true, masterKey: new kms.Key(this, 'OnCallKey', { enableKeyRotation: true }) });
    const notify = ['@slack-shop-ops', '@pagerduty-Shop'];
    const { alarms } = new ClusterAlerts(this, 'ClusterAlerts', { cluster, datadog, forwarder, onCall, notify });

    // What CloudWatch can tell of a service only by an alarm of its own. Datadog has these for all services in one monitor.
    new EcsAlarms(this, 'WebAlarms', {
      cluster,
      services: [web.service],
      rules: [
        AlertRule.runningBelowDesired({ longerThan: Duration.minutes(30), severity: AlertSeverity.HIGH }),
        AlertRule.runningContainersDropped({ by: 2, within: Duration.hours(1), severity: AlertSeverity.HIGH }),
      ],
      backends: [AlertBackend.cloudWatch({ topics: [onCall], tags: { team: 'shop' } })],
    });

    // A version that wears out its tasks is rolled back. It has alarms of its own for that: one for the cluster would roll back the wrong service.
    web.service.enableDeploymentAlarms(alarms.deploymentAlarmsFor(web.service, ['CpuUtilization', 'MemoryUtilization']), {
      behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
    });

    new ShopObjectives(this, 'Objectives', {
      datadog, failingRequests: alarms.monitor('ApmErrorRate'), runningTasks: alarms.monitor('RunningTasks'), notify,
    });
  }
}
