// SPDX-License-Identifier: Apache-2.0
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { encodeEvent, lambdaContext, subscriptionEvent } from './subscription';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => scenario.stop());

const texts = messages(30);
const record = (...indexes: number[]) => subscriptionEvent(indexes.map((index) => texts[index])).awslogs.data;

function kinesisEvent(data: readonly string[]): KinesisStreamEvent {
  return {
    Records: data.map((base64, index) => ({
      eventSource: 'aws:kinesis',
      eventName: 'aws:kinesis:record',
      eventVersion: '1.0',
      eventID: `shardId-000000000006:${index}`,
      eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/forwarder',
      awsRegion: 'eu-west-1',
      kinesis: { data: base64, sequenceNumber: `sequence-${index}`, partitionKey: 'p', kinesisSchemaVersion: '1.0', approximateArrivalTimestamp: 1 },
    })),
  };
}

async function invoke(data: readonly string[], environment = {}): Promise<KinesisStreamBatchResponse> {
  return await scenario.handler(environment)(kinesisEvent(data), lambdaContext()) as KinesisStreamBatchResponse;
}

test('every record is forwarded, in one invocation with one line of counts; control messages send nothing', async () => {
  const control = encodeEvent({ messageType: 'CONTROL_MESSAGE' }).awslogs.data;
  expect(await invoke([record(0, 1), control, record(2)])).toEqual({ batchItemFailures: [] });
  expect(scenario.everywhere).toEqual(texts.slice(0, 3));
  expect(scenario.intake.requests).toHaveLength(2);
  expect(scenario.printed).toHaveLength(1);
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 3, ForwardedLogs: 3, FailedLogs: 0 });
});

test('a record that cannot be read is named; what lies behind it waits for its next turn, or it would arrive twice', async () => {
  expect(await invoke([record(0), 'bm8gZ3ppcA==', record(1)])).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-1' }] });
  expect(scenario.everywhere).toEqual([texts[0]]);
  expect(scenario.printed).toContainEqual({
    level: 'ERROR', message: 'Kinesis record sequence-1: The subscription event is corrupt: its data is not gzip in base64',
  });
});

test('what the intake does not take is stored, and no record has failed', async () => {
  scenario.intake.behave = (_, response) => answer(response, 404);
  expect(await invoke([record(0), record(1)])).toEqual({ batchItemFailures: [] });
  expect(scenario.everywhere).toEqual(texts.slice(0, 2));
  expect(scenario.aws.objects.size).toBe(2);
});

test('the first record whose logs are neither delivered nor stored is named', async () => {
  scenario.intake.behave = ({ logs }, response) => logs[0].message === texts[0] ? 'accept' : answer(response, 404);
  expect(await invoke([record(0), record(1), record(2)], { DD_S3_BUCKET_NAME: '' })).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-1' }] });
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 3, ForwardedLogs: 1, FailedLogs: 2 });
});

