import { InvalidInputError } from './errors.js';

/** The highest port of TCP and UDP: ports have 16 bits. @see https://www.rfc-editor.org/rfc/rfc9293#section-3.1 */
export const MAX_PORT = 65_535;

/** All ports: needed where the port is not known, and where the protocol has none. */
export const ALL_PORTS = { fromPort: 0, toPort: MAX_PORT } as const;

/** Whether a rule allows all ports. */
export function isAllPorts(ports: { readonly fromPort: number; readonly toPort: number }): boolean {
  return ports.fromPort === ALL_PORTS.fromPort && ports.toPort === ALL_PORTS.toPort;
}

/** Whether calls can go to a port. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_PORT;
}

export const PORT_REMEDY = `Write a port from 1 to ${MAX_PORT}.`;

/** @throws {InvalidInputError} `INVALID_INPUT` for a number that cannot be a port. */
export function checkPort(port: number): void {
  if (isPort(port)) return;

  throw new InvalidInputError('INVALID_INPUT', `${port} is not a valid port`, { remedy: PORT_REMEDY });
}
