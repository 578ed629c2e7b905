// SPDX-License-Identifier: Apache-2.0
import { AutodiscoveryVariable } from './autodiscovery-variable';
import { DatabaseOptions, IntegrationOptions, LoginOptions, StatusPageOptions, checkIntegrationOptions } from './integration-options';

type Instance = { readonly [name: string]: any };

const HOST = AutodiscoveryVariable.HOST;

/** One of the Agent's integrations with what it has to know of the server in a container, for `Autodiscovery.of(container).addIntegration`. */
export class Integration {
  /** Redis, on port 6379: https://docs.datadoghq.com/integrations/redisdb/. */
  public static redis(options: LoginOptions = {}): Integration {
    return new Integration('redisdb', options, { host: HOST, port: options.port ?? 6379, ...login(options) });
  }

  /** Memcached, on port 11211: https://docs.datadoghq.com/integrations/mcache/. */
  public static memcached(options: IntegrationOptions = {}): Integration {
    return new Integration('mcache', options, { url: HOST, port: options.port ?? 11211 });
  }

  /** Apache, at `/server-status?auto` on port 80, where `mod_status` answers: https://docs.datadoghq.com/integrations/apache/. */
  public static apache(options: StatusPageOptions = {}): Integration {
    return new Integration('apache', options, { apache_status_url: page(options, 80, '/server-status?auto') });
  }

  /** nginx, at `/nginx_status` on port 81, where `stub_status` answers: https://docs.datadoghq.com/integrations/nginx/. */
  public static nginx(options: StatusPageOptions = {}): Integration {
    return new Integration('nginx', options, { nginx_status_url: page(options, 81, '/nginx_status') });
  }

  /** Elasticsearch, on port 9200: https://docs.datadoghq.com/integrations/elastic/. */
  public static elasticsearch(options: LoginOptions = {}): Integration {
    return new Integration('elastic', options, { url: page(options, 9200, ''), ...login(options) });
  }

  /** Consul, on port 8500: https://docs.datadoghq.com/integrations/consul/. */
  public static consul(options: IntegrationOptions = {}): Integration {
    return new Integration('consul', options, { url: page(options, 8500, ''), catalog_checks: true, new_leader_checks: true });
  }

  /** Postgres, on port 5432: https://docs.datadoghq.com/integrations/postgres/. */
  public static postgres(options: DatabaseOptions = {}): Integration {
    return new Integration('postgres', options, {
      host: HOST, port: options.port ?? 5432, ...login(options), ...given({ dbname: options.database }),
    });
  }

  /** MySQL and MariaDB, on port 3306: https://docs.datadoghq.com/integrations/mysql/. */
  public static mysql(options: LoginOptions = {}): Integration {
    return new Integration('mysql', options, { host: HOST, port: options.port ?? 3306, ...login(options) });
  }

  /** MongoDB, on port 27017: https://docs.datadoghq.com/integrations/mongo/. */
  public static mongo(options: DatabaseOptions = {}): Integration {
    return new Integration('mongo', options, {
      hosts: [`${HOST}:${options.port ?? 27017}`], ...login(options), ...given({ database: options.database }),
    });
  }

  /** The name of the check, such as `redisdb`. */
  public readonly checkName: string;

  /** @internal */
  public readonly _instance: Instance;

  /** @throws if the port is none, the path has no leading slash, or a setting holds a password in plain text */
  private constructor(checkName: string, options: IntegrationOptions, instance: Instance) {
    checkIntegrationOptions(options);
    this.checkName = checkName;
    this._instance = { ...instance, ...options.settings };
  }
}

function page({ port, path }: StatusPageOptions, usualPort: number, usualPath: string): string {
  return `http://${HOST}:${port ?? usualPort}${path ?? usualPath}`;
}

function login({ username, passwordVariable }: LoginOptions): Instance {
  return given({ username, password: passwordVariable && AutodiscoveryVariable.env(passwordVariable) });
}

function given(settings: Instance): Instance {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
