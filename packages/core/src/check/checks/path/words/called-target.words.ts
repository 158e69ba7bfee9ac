import { missingParams } from '../../../../do/findings/missing.js';
import type { PathSays } from './path-says.js';

/** The sentences of hops at the resource that is called. */
export const calledTargetSays = {
  TARGET_NOT_KNOWN: ({ error, path, missing, message, remedy }) => ({
    because: message,
    remedy,
    params: { error, path, ...(missing === undefined ? {} : { missing: missingParams(missing) }) },
  }),
  TARGET_NOT_RUNNING: ({ instance, state }) => ({ because: `${instance} is ${state}`, remedy: `Start ${instance}.` }),
  INSTANCE_ABSENT: ({ instance }) => ({
    because: `instance ${instance} does not exist`,
    remedy: 'Declare an instance that exists.',
  }),
  ADDRESS_UNUSED: ({ isRegistered, ...params }) => ({
    because: `no resource in ${params.network} has the address ${params.address}`,
    remedy: isRegistered
      ? 'Register an address that is in use.'
      : `Declare an address of a network interface in ${params.network} as the target.`,
    params,
  }),
  INTERFACE_UNATTACHED: ({ interface: id, address }) => ({
    because: `network interface ${id} has ${address} and is not attached to an instance: calls to it are not answered`,
    remedy: `Attach ${id} to the instance that serves ${address}, or declare an address that is in use as the target.`,
  }),
  REGISTRATION_INCOMPLETE: ({ instance, lacks }) => ({
    because: `instance ${instance} is registered without ${lacks === 'address' ? 'an address' : 'a port'}`,
    remedy: `Register instance ${instance} with ${lacks === 'address' ? 'AWS_INSTANCE_IPV4' : 'AWS_INSTANCE_PORT'}.`,
  }),
} satisfies Partial<PathSays>;
