// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentDaemonServiceProps } from '../agent-daemon-service-props';

/** Throws on a cluster of `Cluster.fromClusterArn`, which throws itself when it is asked of its instances. */
export function checkCluster(cluster: ecs.ICluster): void {
  try {
    void cluster.hasEc2Capacity;
  } catch {
    throw new Error("'cluster' must tell whether it has EC2 capacity, got: one of fromClusterArn(), which cannot and takes no service; "
      + 'use Cluster.fromClusterAttributes()');
  }
}

/** What a daemon misses on its cluster, to be asked when all capacity is there. External instances register themselves, which no template says. */
export function missingCapacity({ cluster, ec2Capacity, launchType }: AgentDaemonServiceProps): string[] {
  if (launchType === ecs.LaunchType.EXTERNAL || (ec2Capacity ?? cluster.hasEc2Capacity)) {
    return [];
  }
  return [`'cluster' must have EC2 capacity for a daemon, got: '${cluster.node.path}' with none; `
    + "call addCapacity() or addAsgCapacityProvider(), or set 'ec2Capacity' where the capacity is added elsewhere"];
}
