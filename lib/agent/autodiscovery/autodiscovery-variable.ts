// SPDX-License-Identifier: Apache-2.0

/**
 * Template variables: the Agent replaces them in a check by what it knows of the container. On Fargate it knows the container's address only.
 *
 * @see https://docs.datadoghq.com/containers/guide/template_variables/
 */
export class AutodiscoveryVariable {
  /** The container's address. */
  public static readonly HOST = '%%host%%';

  /** The highest port that the container exposes. Not on Fargate: write the port. */
  public static readonly PORT = '%%port%%';

  /** The container's process id. Not on Fargate. */
  public static readonly PID = '%%pid%%';

  /** The host name that the container is configured with, for where its address cannot be had, as with `awsvpc` on EC2. Not on Fargate. */
  public static readonly HOSTNAME = '%%hostname%%';

  /**
   * The container's address on one of several Docker networks.
   *
   * @throws if the name is empty
   */
  public static hostOn(network: string): string {
    return variable('host', 'network', network);
  }

  /**
   * One of the ports that the container exposes, from 0 for the lowest. Not on Fargate.
   *
   * @throws if the index is no whole number from 0
   */
  public static port(index: number): string {
    if (!Number.isInteger(index) || index < 0) {
      throw new Error(`'index' must be a whole number from 0, got: '${index}'`);
    }
    return `%%port_${index}%%`;
  }

  /**
   * The port of a name. Not on Fargate.
   *
   * @throws if the name is empty
   */
  public static portOf(name: string): string {
    return variable('port', 'name', name);
  }

  /**
   * A variable of the Agent's own environment, not of the container's: give the Agent a password through its `secrets`.
   *
   * @throws if the name is empty
   */
  public static env(name: string): string {
    return variable('env', 'name', name);
  }

  private constructor() {}
}

function variable(kind: string, property: string, value: string): string {
  if (!/^[^%\s]+$/.test(value)) {
    throw new Error(`'${property}' must be a name without blanks and percent signs, got: '${value}'`);
  }
  return `%%${kind}_${value}%%`;
}
