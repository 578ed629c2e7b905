// SPDX-License-Identifier: Apache-2.0
import { TASK_ID } from './subscription';
import { parseEcsLogStream } from '../../../lambda/log-forwarder/event/log-stream';

const UUID = '0f3b9c7a-1e2d-4c5b-8a9f-001122334455';

test.each([
  [`web/app/${TASK_ID}`, { container: 'app', taskId: TASK_ID, settings: {}, prefixText: 'web' }],
  [`web/app/${UUID}`, { container: 'app', taskId: UUID, settings: {}, prefixText: 'web' }],
  [`team/web/app/${TASK_ID}`, { container: 'app', taskId: TASK_ID, settings: {}, prefixText: 'team' }],
  [`checkout/version=1.4.2/app/${TASK_ID}`, { container: 'app', taskId: TASK_ID, settings: { version: '1.4.2' }, prefixText: 'checkout' }],
  [`version=1/env=prod/service=s/source=java/app/${TASK_ID}`, {
    container: 'app', taskId: TASK_ID, settings: { version: '1', env: 'prod', service: 's', source: 'java' }, prefixText: undefined,
  }],
  [`color=red/version=/app/${TASK_ID}`, { container: 'app', taskId: TASK_ID, settings: {}, prefixText: undefined }],
  [`version=a=b/version=c/app/${TASK_ID}`, { container: 'app', taskId: TASK_ID, settings: { version: 'a=b' }, prefixText: undefined }],
])('%s is a stream of ECS', (name, expected) => {
  expect(parseEcsLogStream(name)).toEqual(expected);
});

test.each([
  '',
  TASK_ID,
  `app/${TASK_ID}`,
  `web//${TASK_ID}`,
  `web/app/${TASK_ID}0`,
  `web/app/${TASK_ID}/`,
  'web/app/not-a-task',
  '2026/11/25/[$LATEST]0f3b9c7a1e2d4c5b8a9f001122334455',
  'i-0123456789abcdef0',
  // The container id of an EC2 task without a prefix.
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])('%p is none', (name) => {
  expect(parseEcsLogStream(name)).toBeUndefined();
});
