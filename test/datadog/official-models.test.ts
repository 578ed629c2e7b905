// SPDX-License-Identifier: Apache-2.0
import { unparsedIn } from './official-models';

const monitor = {
  name: 'CPU', type: 'query alert', query: 'avg(last_5m):avg:system.cpu.user{*} > 90', options: { thresholds: { critical: 90 }, on_missing_data: 'resolve' },
};

const slo = {
  name: 'Uptime',
  type: 'time_slice',
  sli_specification: {
    time_slice: {
      query: { formulas: [{ formula: 'query1' }], queries: [{ data_source: 'metrics', name: 'query1', query: 'avg:trace.web.request.duration{*}' }] },
      comparator: '<',
      threshold: 0.5,
      query_interval_seconds: 300,
    },
  },
  thresholds: [{ target: 99.9, timeframe: '7d' }],
};

const downtime = {
  data: {
    type: 'downtime',
    attributes: { scope: '*', monitor_identifier: { monitor_tags: ['*'] }, schedule: { recurrences: [{ rrule: 'FREQ=DAILY', duration: '1h' }] } },
  },
};

/** A copy with one change. */
function changed<T>(json: T, change: (copy: any) => void): T {
  const copy = JSON.parse(JSON.stringify(json));
  change(copy);
  return copy;
}

test.each([
  ['Monitor', monitor],
  ['ServiceLevelObjectiveRequest', slo],
  ['DowntimeCreateRequest', downtime],
  ['Monitor with null where the API has it', { ...monitor, priority: null, restricted_roles: null }],
])('nothing is found in a right %s', (model, json) => {
  expect(unparsedIn(model.split(' ')[0], json)).toEqual([]);
});

test.each<[string, string, unknown, string]>([
  ['a misspelt field', 'Monitor', changed(monitor, (copy) => { copy.prioritty = 1; }), 'Monitor.prioritty: unknown field'],
  ['a misspelt field further in', 'Monitor', changed(monitor, ({ options }) => { options.thresholds.critcal = 1; }), 'Monitor.options.thresholds.critcal: unknown field'],
  ['a wrong value of an enumeration', 'Monitor', changed(monitor, (copy) => { copy.type = 'query alarm'; }), 'Monitor.type: "query alarm"'],
  ['a wrong value further in', 'Monitor', changed(monitor, ({ options }) => { options.on_missing_data = 'panic'; }), 'Monitor.options.onMissingData: "panic"'],
  ['a wrong type', 'Monitor', changed(monitor, (copy) => { copy.name = 1; }), "Monitor: unknown type 'string'"],
  ['a missing field', 'Monitor', changed(monitor, (copy) => { delete copy.query; }), "Monitor: missing required property 'query'"],
  ['a misspelt field where there are several forms', 'ServiceLevelObjectiveRequest',
    changed(slo, (copy) => { copy.sli_specification.time_slice.treshold = 1; }),
    'ServiceLevelObjectiveRequest.sliSpecification.timeSlice.treshold: unknown field'],
  ['a wrong value where there are several forms', 'ServiceLevelObjectiveRequest',
    changed(slo, (copy) => { copy.sli_specification.time_slice.comparator = '='; }),
    'ServiceLevelObjectiveRequest.sliSpecification: {"time_slice":'],
  ['a wrong value in a list', 'ServiceLevelObjectiveRequest', changed(slo, (copy) => { copy.thresholds[0].timeframe = '8d'; }),
    'ServiceLevelObjectiveRequest.thresholds[0].timeframe: "8d"'],
  ['a misspelt field of version 2', 'DowntimeCreateRequest', changed(downtime, ({ data }) => { data.attributes.mesage = ''; }),
    'DowntimeCreateRequest.data.attributes.mesage: unknown field'],
  ['a wrong value of version 2', 'DowntimeCreateRequest', changed(downtime, ({ data }) => { data.attributes.notify_end_types = ['over']; }),
    'DowntimeCreateRequest.data.attributes.notifyEndTypes[0]: "over"'],
  ['null for a name', 'Monitor', changed(monitor, (copy) => { copy.name = null; }), 'Monitor.name: null'],
  ['null for a type', 'Monitor', changed(monitor, (copy) => { copy.type = null; }), 'Monitor.type: null'],
  ['null for a query', 'Monitor', changed(monitor, (copy) => { copy.query = null; }), 'Monitor.query: null'],
  ['null in a list', 'Monitor', changed(monitor, (copy) => { copy.tags = [null]; }), 'Monitor.tags[0]: null'],
  ['null for an object', 'DowntimeCreateRequest', changed(downtime, ({ data }) => { data.attributes = null; }), 'DowntimeCreateRequest.data.attributes: null'],
  ['a list for an object', 'Monitor', changed(monitor, (copy) => { copy.options = []; }), 'Monitor.options: not an object: []'],
  ['a list for an object further in', 'Monitor', changed(monitor, ({ options }) => { options.thresholds = []; }), 'Monitor.options.thresholds: not an object: []'],
  ['a number for an object', 'Monitor', changed(monitor, (copy) => { copy.options = 1; }), 'Monitor.options: not an object: 1'],
  ['a list for a map', 'Monitor', changed(monitor, ({ options }) => { options.silenced = []; }), 'Monitor.options.silenced: not an object: []'],
  ['a field with the name that the client uses itself', 'Monitor', changed(monitor, (copy) => { copy.additionalProperties = { a: 1 }; }),
    'Monitor.additionalProperties: unknown field'],
  ['a time that is none', 'DowntimeCreateRequest', changed(downtime, ({ data }) => { data.attributes.schedule = { start: 'nonsense' }; }),
    'DowntimeCreateRequest.data.attributes.schedule.start: no date: "nonsense"'],
  ['a list for a document', 'Monitor', [], "Monitor: missing required property 'query'"],
  ['null for a document', 'Monitor', null, 'Monitor: null'],
  ['no document', 'Monitor', undefined, 'Monitor: undefined'],
])('%s is found', (_what, model, json, finding) => {
  expect(unparsedIn(model, json)).toEqual([expect.stringContaining(finding)]);
});

test('a model that the client does not have is an error, not a pass', () => {
  expect(() => unparsedIn('Monitr', monitor)).toThrow("the client has no model 'Monitr'");
});
