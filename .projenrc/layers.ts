// SPDX-License-Identifier: Apache-2.0

/** The folders of `lib/` and what each may import besides itself. `monitored-cluster.ts`, its folder and `index.ts` may import every one. */
const MAY_IMPORT: Record<string, string[]> = {
  private: [],
  datadog: ['private'],
  agent: ['datadog', 'private'],
  logs: ['datadog', 'private'],
  alarms: ['datadog', 'private'],
  dashboards: ['datadog', 'private', 'alarms'],
  integration: ['datadog', 'private'],
  coverage: ['datadog', 'private'],
};

/** The functions, each a folder of `lambda/`. What they have in common is in `lambda/shared`. */
export const HANDLERS = ['log-forwarder', 'datadog-resource'];

/** Zones of ESLint's `import/no-restricted-paths`: `target` may not import `from`. */
export function layerZones() {
  const folders = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
    target: `./lib/${folder}`,
    from: './lib',
    except: [folder, ...allowed].map((name) => `./${name}`),
    message: `lib/${folder} may import only: ${[folder, ...allowed].join(', ')}`,
  }));
  return [
    ...folders,
    { target: './lambda', from: './lib', message: 'handlers import nothing of the library' },
    ...HANDLERS.map((handler) => ({
      target: `./lambda/${handler}`,
      from: './lambda',
      except: [handler, 'shared'].map((name) => `./${name}`),
      message: `lambda/${handler} may import only itself and lambda/shared`,
    })),
    { target: './lambda/shared', from: './lambda', except: ['./shared'], message: 'lambda/shared imports no handler' },
    { target: './lib', from: './lambda', message: 'the library uses handlers as bundled assets only' },
  ];
}
