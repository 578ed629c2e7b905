// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { accountIn, customResources, definitionIn, newStack } from './fixture';
import { DatadogMonitor } from '../../../lib/datadog';

const QUERY = 'avg(last_5m):avg:system.cpu.user{*} > 90';

describe('an exported monitor', () => {
  const EXPORTED = {
    id: 4711,
    name: 'CPU',
    type: 'query alert',
    query: QUERY,
    message: '@slack-ops',
    tags: [],
    priority: null,
    restricted_roles: null,
    draft_status: 'published',
    options: { thresholds: { critical: 90, warning: 80 }, notify_audit: false, renotify_interval: null, silenced: { '*': 0 }, new_host_delay: 300 },
    overall_state: 'OK',
    overall_state_modified: '2026-01-01T00:00:00Z',
    created: '2026-01-01T00:00:00Z',
    created_at: 1767225600000,
    creator: { email: 'someone@example.com' },
    modified: '2026-01-01T00:00:00Z',
    matching_downtimes: [],
    multi: false,
    org_id: 1,
    deleted: null,
  };

  function fromJson(json: any, adoptId?: string): Stack {
    const stack = newStack();
    DatadogMonitor.fromJson(stack, 'Exported', { datadog: accountIn(stack), json, adoptId });
    return stack;
  }

  test('keeps all but what Datadog sets itself', () => {
    expect(definitionIn(fromJson(EXPORTED), 'Custom::DatadogMonitor')).toEqual({
      name: 'CPU',
      type: 'query alert',
      query: QUERY,
      message: '@slack-ops',
      tags: [],
      draft_status: 'published',
      options: { thresholds: { critical: 90, warning: 80 }, notify_audit: false, new_host_delay: 300 },
    });
  });

  test('does not keep the marks of the custom resource that made it', () => {
    const marks = ['cloudformation_resource:stack/cpu/0123456789abcdef', 'cloudformation_request:0123456789abcdef', 'cloudformation_replaces:4710'];
    expect(definitionIn(fromJson({ ...EXPORTED, tags: ['a:b', ...marks, 'cloudformation_stack:mine'] }), 'Custom::DatadogMonitor').tags)
      .toEqual(['a:b', 'cloudformation_stack:mine']);
  });

  test('is another monitor, or that very one', () => {
    expect(customResources(fromJson(EXPORTED), 'Custom::DatadogMonitor')[0].properties.AdoptId).toBeUndefined();
    expect(customResources(fromJson(EXPORTED, '4711'), 'Custom::DatadogMonitor')[0].properties).toMatchObject({ AdoptId: '4711', OnDelete: 'keep' });
  });

  test('is checked like any other', () => {
    expect(() => fromJson({ ...EXPORTED, query: QUERY.replace('90', '91') })).toThrow("'options.thresholds.critical' must equal the number in the query, 91, got: 90");
    expect(() => fromJson({ ...EXPORTED, name: undefined })).toThrow("'name' must be a text that is not empty, got: undefined");
    expect(() => fromJson({ ...EXPORTED, type: undefined })).toThrow("'type' must be a text that is not empty");
  });
});
