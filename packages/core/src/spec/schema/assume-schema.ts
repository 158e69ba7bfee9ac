import * as z from 'zod';
import { readAddress } from '../../cidr/read-address.js';
import { cloudName, name, region, say, strict } from './fields.js';
import { GATEWAY_ID } from './patterns.js';

const blocks = z.array(z.string()).min(1).max(1000);

/** The name of a stage variable, as API Gateway takes it: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html */
const variable = z.string().regex(/^[A-Za-z0-9_]{1,128}$/, {
  error: say('this cannot be the name of a stage variable', 'Use letters, digits and "_".'),
});

const gatewayId = z.string().regex(GATEWAY_ID, {
  error: say('this is no id of a gateway', 'Write its id, such as a1b2c3d4e5.'),
});

/** A server as a registry hands it out. */
const server = z.string().refine((text) => isServer(text), {
  error: say('this is no address with a port', 'Write an address and a port: 10.0.0.5:8080, [fd00::5]:8080.'),
});

function isServer(text: string): boolean {
  const [, six, four, port = ''] = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9.]{7,15})):(\d{1,5})$/.exec(text) ?? [];
  const address = six ?? four;
  return address !== undefined && readAddress(address) !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

/** A host as a call names it, without a port. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2 */
const host = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/, {
  error: say('this is no host', 'Write a name without scheme, port and path: orders.internal.'),
});

/** `assume`: facts that no API gives, by what they are about. */
export const assume = strict({
  internalBlocks: z
    .record(region, blocks)
    .optional()
    .describe("Blocks of the gateway service's own network, by region: { cn-hangzhou: [10.200.0.0/16] }."),
  returnPaths: blocks.optional().describe('Blocks outside the cloud whose routers send answers back to the link.'),
  stageVariables: z
    .record(gatewayId, z.record(cloudName, z.record(variable, z.string().max(512))))
    .optional()
    .describe('What the variables of stages hold: by gateway id, then stage, then name.'),
  registries: z
    .record(z.string().min(1).max(1024), z.array(server).min(1).max(1000))
    .optional()
    .describe(
      "Servers that a registry hands out, by the registry's address as a named backend has it: { '10.0.0.5:8848': ['10.0.1.7:8080'] }.",
    ),
  hosts: z
    .record(name, z.record(name, z.array(host).min(1).max(100)))
    .optional()
    .describe(
      'Hosts that calls name when they come to a load balancer whose rules look at them: by integration, then target: { orders: { main: [orders.internal] } }.',
    ),
});
