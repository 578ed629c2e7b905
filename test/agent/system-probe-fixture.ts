// SPDX-License-Identifier: Apache-2.0

/** The eight capabilities that Datadog lists for whatever looks into the kernel, as a plan sorts them. */
export const SYSTEM_PROBE = ['CHOWN', 'IPC_LOCK', 'NET_ADMIN', 'NET_BROADCAST', 'NET_RAW', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_RESOURCE'];
