// SPDX-License-Identifier: Apache-2.0
import { Check, checkForwarder, checkInventory, checkLogs } from './checks';
import { CloudAssembly } from './cloud-assembly';
import { findForwarder, invokeForwarder } from './lambda-invocation';
import { ReceivedLog, startLocalIntake } from './local-intake';
import { LogEventCase, logEventCases } from './log-events';
import { ServiceInventory, takeInventory } from './service-inventory';

/** What was seen of an assembly, and what should have been. */
export interface Inspection {
  readonly inventory: ServiceInventory;
  readonly received: ReceivedLog[];
  readonly checks: Check[];
}

/** Reads an assembly, and sends logs from its containers through its forwarder to an intake on this machine. */
export async function inspect(assembly: CloudAssembly): Promise<Inspection> {
  const inventory = takeInventory(assembly);
  const cases = logEventCases(inventory);
  const received = await deliver(assembly, cases);
  return {
    inventory,
    received,
    checks: [
      ...checkInventory(inventory),
      ...checkForwarder(findForwarder(assembly)),
      ...checkLogs(inventory, cases, received),
    ],
  };
}

async function deliver(assembly: CloudAssembly, cases: LogEventCase[]): Promise<ReceivedLog[]> {
  const forwarder = findForwarder(assembly);
  if (!forwarder) {
    return [];
  }
  const intake = await startLocalIntake();
  try {
    await invokeForwarder(forwarder, intake.url, cases.flatMap(({ event }) => event ?? []));
    return intake.received;
  } finally {
    await intake.close();
  }
}
