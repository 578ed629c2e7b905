// SPDX-License-Identifier: Apache-2.0
import { copyData } from '../../private/copy-data';
import { AgentFeatureConfig } from '../agent-feature-config';

/** A copy of what a feature asks for. Statements are the only part that is neither plain data nor left alone by those who use it. */
export function copyConfig(config: AgentFeatureConfig): AgentFeatureConfig {
  const { taskRolePolicy, ...data } = config;
  return { ...copyData(data), ...(taskRolePolicy ? { taskRolePolicy: taskRolePolicy.map((statement) => statement.copy()) } : {}) };
}
