import type { Client } from '@modelcontextprotocol/client';

export interface Clients {
  /** A client that shows no questions. */
  silent: Client;
  /** A client whose person declines. */
  asking: Client;
  /** The questions that the person was asked. */
  asked: readonly string[];
}
export function session(clients: Clients, print: (line: string) => void): Promise<void>;
