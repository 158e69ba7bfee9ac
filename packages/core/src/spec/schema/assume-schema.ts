import { isPort } from '../../ground/ports.js';
import * as z from 'zod';
import { readAddress } from '../../cidr/read-address.js';
import { cidrBlock, cloudName, gatewayId, name, region, say, strict, optional } from './fields.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { textOf } from './target-schema.js';

const blocks = z.array(cidrBlock).min(1).max(1000);

/**
 * The name of a stage variable, as API Gateway accepts it:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html
 */
const variable = z.string().regex(/^[A-Za-z0-9_]{1,128}$/, {
  error: say('not a valid name of a stage variable', 'Use letters, digits and "_".'),
});

/** A server as returned by a registry. */
const server = z.string().refine((text) => isServer(text), {
  error: say('expected an address with a port', 'Write an address and a port: 10.0.0.5:8080, [fd00::5]:8080.'),
});

function isServer(text: string): boolean {
  const [, six, four, port = ''] = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9.]{7,15})):(\d{1,5})$/.exec(text) ?? [];
  const address = six ?? four;
  return address !== undefined && readAddress(address) !== undefined && isPort(Number(port));
}

/** A host as a call names it, without a port. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2 */
const host = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/, {
  error: say('not a valid host', 'Write a name without scheme, port and path: orders.internal.'),
});

/** `assume`: facts that no API gives, by what they are about. */
export const assumeOf = (set: Clouds) =>
  strict({
    internalBlocks: optional(
      z.record(region, blocks),
      ...textOf(set, 'assume.internalBlocks', {
        about: "CIDR blocks of the gateway service's own network, by region.",
        absent: 'overlaps with them are `unknown`',
        isOfSome: true,
      }),
    ),
    returnPaths: optional(blocks, 'CIDR blocks outside the cloud whose routers send replies back to the link.', {
      examples: [['192.168.0.0/16']],
      absent: 'such paths are `unknown`',
    }),
    stageVariables: optional(
      z.record(gatewayId, z.record(cloudName, z.record(variable, z.string().max(512)))),
      'Values of stage variables: by gateway ID, stage and name.',
      {
        examples: [{ a1b2c3d4e5: { $default: { host: 'orders.internal' } } }],
        absent: 'backends that a variable names are `unknown`',
      },
    ),
    registries: optional(
      z.record(z.string().min(1).max(1024), z.array(server).min(1).max(1000)),
      ...textOf(set, 'assume.registries', {
        about: "Servers that a registry returns, by the registry's address. Read by `postern migrate validate`.",
        examples: [{ '10.0.0.5:8848': ['10.0.1.7:8080'] }],
        absent: 'their servers are `unknown`',
        isOfSome: true,
      }),
    ),
    hosts: optional(
      z.record(name, z.record(name, z.array(host).min(1).max(100))),
      'Host headers of calls to a load balancer with rules on hosts: by integration and target.',
      {
        examples: [{ orders: { orders: ['orders.internal'] } }],
        absent: 'such rules are `unknown`',
      },
    ),
  });
