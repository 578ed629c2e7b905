// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ApiOnEc2 } from './api-on-ec2';
import { datadogAccount } from './datadog-account';
import { importCluster } from './platform';
import { ReportTask } from './report-task';
import { WebOnFargate } from './web-on-fargate';
import { AlertBackend, AlertRule, DatadogSite, EcsAlarms, LogFilter, LogForwarder, ScrubbingRule } from 'cdk-ecs-datadog';

export interface PartsStackProps extends StackProps {
  /** @default - `DatadogSite.US1` */
  readonly site?: DatadogSite;
}

/** The Agent, logs and alarms, each on its own, on a cluster that another team owns. */
export class PartsStack extends Stack {
  constructor(scope: Construct, id: string, props: PartsStackProps = {}) {
    super(scope, id, props);
    const cluster = importCluster(this);
    const datadog = datadogAccount(this, props.site);

    // The Agent: on instances, beside a service, beside a task without a service.
    const api = new ApiOnEc2(this, 'Api', { cluster, datadog });
    const web = new WebOnFargate(this, 'Web', { cluster, datadog });
    const report = new ReportTask(this, 'Report', datadog);

    // Logs: of tasks, of a group that something else writes to, and by a filter of one's own.
    const forwarder = new LogForwarder(this, 'Forwarder', {
      datadog,
      env: 'prod',
      tags: { team: 'shop' },
      filters: [LogFilter.excludeAtMatch('GET /health ')],
      scrubbing: [ScrubbingRule.emailAddresses(), ScrubbingRule.pattern('(card=)\\d{12,19}', { replacement: '$1xxxxx' })],
    });
    forwarder.addService(web.service);
    forwarder.addTaskDefinition(report.taskDefinition);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(this, 'DatabaseLogs', '/aws/rds/instance/shop/postgresql'), { service: 'shop-db', source: 'postgresql' });
    new logs.SubscriptionFilter(this, 'RejectedTraffic', {
      logGroup: logs.LogGroup.fromLogGroupName(this, 'FlowLogs', 'vpc-flow-logs'),
      destination: forwarder,
      filterPattern: logs.FilterPattern.literal('REJECT'),
    });

    // Alarms: one a service for what is about services, and one for the logs.
    const onCall = sns.Topic.fromTopicArn(this, 'OnCall', this.formatArn({ service: 'sns', resource: 'on-call' }));
    new EcsAlarms(this, 'Alarms', {
      cluster,
      services: [web.service, api.service],
      containerInsights: true,
      rules: [
        ...AlertRule.recommended(),
        AlertRule.runningContainersDropped({ by: 2, within: Duration.hours(1) }),
        AlertRule.logErrors({ moreThan: 100, within: Duration.minutes(5), metric: forwarder.metricErrorLogs({ grouped: true }) }),
        AlertRule.logsStillUndelivered({ metric: forwarder.metricOldestUndeliveredAge() }),
      ],
      backends: [AlertBackend.cloudWatch({ topics: [onCall] })],
    });
  }
}
