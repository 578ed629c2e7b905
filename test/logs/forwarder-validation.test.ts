// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { account, forwarderIn, newApp } from './fixture';
import { LogCompression, LogForwarder, LogForwarderProps } from '../../lib/logs';

const lateNumber = Token.asNumber({ Ref: 'Number' });

describe('bad input leaves nothing behind', () => {
  test.each<[string, Partial<LogForwarderProps>, string]>([
    ['env', { env: '1prod' }, "'env' must start with a letter"],
    ['tags', { tags: { team: 'a b' } }, "'tags.team' must hold only letters"],
    ['env twice', { env: 'prod', tags: { Env: 'dev' } }, "'tags' must not hold env, got: 'Env:dev'"],
    ['an old runtime', { runtime: lambda.Runtime.NODEJS_18_X }, "'runtime' must be Node.js 20 or later, got: 'nodejs18.x'"],
    ['another language', { runtime: lambda.Runtime.PYTHON_3_13 }, "'runtime' must be Node.js 20 or later, got: 'python3.13'"],
    ['a timeout that is too short', { timeout: Duration.seconds(5) }, "'timeout' must be 10 to 900 seconds, got: 5 seconds"],
    ['a timeout that is too long', { timeout: Duration.minutes(16) }, "'timeout' must be 10 to 900 seconds, got: 16 minutes"],
    ['half a second', { timeout: Duration.millis(10_500) }, "'timeout' must be 10 to 900 seconds, got: 10 seconds 500 millis"],
    ['a token in minutes', { timeout: Duration.minutes(lateNumber) }, "'timeout' must be in seconds where it is a token, got: a token in minutes"],
    ['too little memory', { memorySize: 64 }, "'memorySize' must be a whole number of MiB, 128 to 10240, got: 64"],
    ['too much memory', { memorySize: 10241 }, "'memorySize' must be a whole number of MiB, 128 to 10240, got: 10241"],
    ['half a MiB', { memorySize: 128.5 }, "'memorySize' must be a whole number of MiB, 128 to 10240, got: 128.5"],
    ['half a minute', { replayInterval: Duration.seconds(90) }, "'replayInterval' must be a whole number of minutes, from 1 minute to 12 hours, got: 1 minute 30 seconds"],
    ['no interval', { replayInterval: Duration.minutes(0) }, "'replayInterval' must be a whole number of minutes, from 1 minute to 12 hours, got: 0 minutes"],
    ['an interval that is too long', { replayInterval: Duration.hours(13) }, "'replayInterval' must be a whole number of minutes, from 1 minute to 12 hours, got: 13 hours"],
    ['an interval as a token in hours', { replayInterval: Duration.hours(lateNumber) }, "'replayInterval' must be in minutes where it is a token, got: a token in hours"],
    ['zstd on a runtime without', { compression: LogCompression.zstd(), runtime: lambda.Runtime.NODEJS_20_X },
      "'compression' must be gzip with a runtime older than Node.js 22, got: zstd with 'nodejs20.x'"],
    ['half a day', { undeliveredExpiration: Duration.hours(12) }, "'undeliveredExpiration' must be a whole number of days, at least 1, got: 12 hours"],
    ['no day', { undeliveredExpiration: Duration.days(0) }, "'undeliveredExpiration' must be a whole number of days, at least 1, got: 0 days"],
    ['a token in hours', { undeliveredExpiration: Duration.hours(lateNumber) }, "'undeliveredExpiration' must be in days where it is a token"],
    ['no concurrency', { reservedConcurrentExecutions: 0 }, "'reservedConcurrentExecutions' must be a whole number, at least 1, got: 0"],
    ['subnets without a VPC', { vpcSubnets: {} }, "'vpc' must be given with 'vpcSubnets', got none"],
    ['security groups without a VPC', { securityGroups: [] }, "'vpc' must be given with 'securityGroups', got none"],
  ])('%s', (_name, props, message) => {
    const stack = new Stack(newApp(), 'Stack');
    const datadog = account(stack);
    expect(() => new LogForwarder(stack, 'Forwarder', { datadog, ...props })).toThrow(message);
    expect(stack.node.tryFindChild('Forwarder')).toBeUndefined();
  });
});

test.each<[string, Partial<LogForwarderProps>]>([
  ['the least', {
    runtime: lambda.Runtime.NODEJS_20_X,
    timeout: Duration.seconds(10),
    memorySize: 128,
    compression: LogCompression.gzip(9),
    replayInterval: Duration.seconds(60),
    undeliveredExpiration: Duration.hours(24),
    reservedConcurrentExecutions: 1,
  }],
  ['the most', {
    runtime: new lambda.Runtime('nodejs26.x'),
    timeout: Duration.minutes(15),
    memorySize: 10240,
    compression: LogCompression.zstd(),
    replayInterval: Duration.hours(12),
    undeliveredExpiration: Duration.days(3650),
  }],
  ['zstd on Node.js 22', { compression: LogCompression.zstd(), runtime: lambda.Runtime.NODEJS_22_X }],
  ['numbers that only deployment knows', {
    timeout: Duration.seconds(lateNumber),
    memorySize: lateNumber,
    replayInterval: Duration.minutes(lateNumber),
    undeliveredExpiration: Duration.days(lateNumber),
    reservedConcurrentExecutions: lateNumber,
  }],
])('takes %s', (_what, props) => {
  const stack = new Stack(newApp(), 'Stack');
  forwarderIn(stack, props);
  expect(() => Template.fromStack(stack)).not.toThrow();
});
