import type { Server } from 'node:http';
import type { PrivateIntegrations } from '@postern/core';

export interface IntegrationServer {
  readonly server: Server;
  stop(graceMs?: number): Promise<void>;
}

export function integrationServer(gate: PrivateIntegrations, api: string): IntegrationServer;
