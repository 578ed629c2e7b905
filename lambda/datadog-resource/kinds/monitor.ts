// SPDX-License-Identifier: Apache-2.0
import { Kind, unsaid } from './kind';
import { Json, textsIn } from '../json';
import { marksIn } from '../ownership';

const PATH = '/api/v1/monitor';
const PAGE_SIZE = 100;
/** https://github.com/DataDog/terraform-provider-datadog/issues/1954 and /issues/2455: roles and a priority stay unless they are null. */
const UNSET = { priority: null, restricted_roles: null, message: '', options: {} };

/**
 * Monitors. A referenced one is not deleted by force: the references of other stacks and people would break without a word.
 *
 * @see https://docs.datadoghq.com/api/latest/monitors/
 */
export const MONITOR: Kind = {
  name: 'monitor',
  path: PATH,
  updateMethod: 'PUT',
  permissions: 'monitors_read and monitors_write',
  idForm: /^\d+$/,
  validationPath: (id) => id === undefined ? `${PATH}/validate` : `${PATH}/${id}/validate`,
  createBody: (definition) => definition,
  updateBody: (definition, _current, previous) => ({ ...unsaid(definition, previous, UNSET), ...definition }),
  mark: (definition, marks) => ({ ...definition, tags: [...new Set([...textsIn(definition.tags), ...marks])] }),
  objectIn: (answer) => 'id' in answer ? answer : undefined,
  marksOf: ({ tags }) => marksIn(textsIn(tags)),
  isGone: ({ deleted }) => deleted !== undefined && deleted !== null,
  // "Monitor type change not allowed", https://github.com/DataDog/terraform-provider-datadog/issues/718.
  mustReplace: (current, definition) => typeOf(current) !== typeOf(definition),
  listPath: (mark, page) => `${PATH}?monitor_tags=${encodeURIComponent(mark)}&page=${page}&page_size=${PAGE_SIZE}`,
  pagePath: (id) => `/monitors/${id}`,
};

/** Datadog itself makes a `query alert` of a `metric alert`, https://github.com/DataDog/terraform-provider-datadog/issues/241. */
function typeOf(monitor: Json): unknown {
  return monitor.type === 'metric alert' ? 'query alert' : monitor.type;
}
