// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyRule } from '../alarms/every-rule';
import { render } from '../alarms/fixture';
import { ALERT_RULES, formsOf, renderAlertRules } from '../alarms/rule-forms';

test('the table is the one that the code gives', () => {
  expect(readFileSync(join(__dirname, '../..', ALERT_RULES), 'utf-8')).toBe(renderAlertRules());
});

test('no two rules have one id, so that all of them fit into one EcsAlarms', () => {
  const ids = everyRule().map(({ rule }) => rule.id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids).toEqual([...new Set(ids)]);
});

describe.each(everyRule())('$call', (named) => {
  const forms = formsOf(named);

  test('is rendered by a backend, or has a reason', () => {
    expect([forms.cloudWatch, forms.datadog].filter(({ summary }) => summary !== '–')).not.toEqual([]);
    for (const { text } of [forms.cloudWatch, forms.datadog]) {
      expect(text).toMatch(/./);
    }
  });

  test('is a sentence of its own in every place where people read it', () => {
    const { title, advice } = named.rule._description;
    expect(title).toMatch(/^[A-Z0-9].*[^.]$/);
    expect(advice).toMatch(/^(look|see|ask) [^.]*[^.]$/);
  });

  if (forms.datadog.summary !== '–') {
    test("is a monitor that Datadog's official client knows, with the number of its query as the threshold", () => {
      const { query, type, options } = render(named.rule, { cloudWatch: false }).monitor;
      if (type !== 'service check') {
        expect(Number(/(-?[\d.]+)$/.exec(query)?.[1])).toBe(options.thresholds.critical);
      }
      // Never both: the API refuses it.
      expect('on_missing_data' in options).not.toBe('notify_no_data' in options);
    });

    test('has its tags and its delay from one family of data', () => {
      const { query, options } = render(named.rule, { cloudWatch: false }).monitor;
      const isOfAws = /aws\.ecs\.(?!agent_connected)|aws\.lambda|ecs\.containerinsights|cdkecsdatadog\./.test(query);
      expect(options.evaluation_delay ?? 0).toBe(isOfAws ? 900 : 0);
      expect(/clustername|servicename/.test(query) && /ecs_cluster_name|ecs_service/.test(query)).toBe(false);
    });
  }
});
