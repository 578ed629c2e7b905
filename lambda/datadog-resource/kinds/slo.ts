// SPDX-License-Identifier: Apache-2.0
import { Kind, unsaid } from './kind';
import { isJson, objectsIn, textsIn } from '../json';
import { marksIn } from '../ownership';

const PATH = '/api/v1/slo';
const PAGE_SIZE = 100;
const UNSET = { description: null, groups: [] };

/**
 * Service level objectives. The API checks none without making it.
 *
 * @see https://docs.datadoghq.com/api/latest/service-level-objectives/
 */
export const SLO: Kind = {
  name: 'slo',
  path: PATH,
  updateMethod: 'PUT',
  permissions: 'slos_read and slos_write',
  idForm: /^[0-9a-f]{32}$/,
  createBody: (definition) => definition,
  updateBody: (definition, _current, previous) => ({ ...unsaid(definition, previous, UNSET), ...definition }),
  mark: (definition, marks) => ({ ...definition, tags: [...new Set([...textsIn(definition.tags), ...marks])] }),
  // Reading one gives it, making or changing one gives a list of it.
  objectIn: ({ data }) => isJson(data) ? data : objectsIn(data)[0],
  marksOf: ({ tags }) => marksIn(textsIn(tags)),
  isGone: () => false,
  // As Datadog's Terraform provider has it: a new type is a new objective.
  mustReplace: (current, definition) => current.type !== definition.type,
  listPath: (mark, _page, offset) => `${PATH}?tags_query=${encodeURIComponent(mark)}&limit=${PAGE_SIZE}&offset=${offset}`,
  pagePath: (id) => `/slo?slo_id=${id}`,
};
