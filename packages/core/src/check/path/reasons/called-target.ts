import type { Missing } from '../../../do/world/views.js';
import { missingParams } from '../../../do/findings/missing.js';
import { reasons } from './reason.js';

/** The sentences of hops at the resource that is called. */
export const calledTargetReasons = reasons({
  /** A name of the spec that was not resolved: its error code, and the message of that error. */
  TARGET_NOT_KNOWN: ({
    error,
    path,
    missing,
    message,
    remedy,
  }: {
    readonly error: string;
    readonly path: string;
    readonly missing?: Missing | undefined;
    readonly message: string;
    readonly remedy?: string | undefined;
  }) => ({
    because: message,
    remedy,
    params: { error, path, ...(missing === undefined ? {} : { missing: missingParams(missing) }) },
  }),
  TARGET_NOT_RUNNING: ({ instance, state }: { readonly instance: string; readonly state: string }) => ({
    because: `${instance} is ${state}`,
    remedy: `Start ${instance}.`,
  }),
  INSTANCE_ABSENT: ({ instance }: { readonly instance: string }) => ({
    because: `instance ${instance} does not exist`,
    remedy: 'Declare an instance that exists.',
  }),
  /** `isRegistered`: it is a target of a load balancer. */
  ADDRESS_UNUSED: ({
    isRegistered,
    ...params
  }: {
    readonly address: string;
    readonly network: string;
    readonly isRegistered: boolean;
  }) => ({
    because: `no resource in ${params.network} has the address ${params.address}`,
    remedy: isRegistered
      ? 'Register an address that is in use.'
      : `Declare an address of a network interface in ${params.network} as the target.`,
    params,
  }),
  INTERFACE_UNATTACHED: ({ interface: id, address }: { readonly interface: string; readonly address: string }) => ({
    because: `network interface ${id} has ${address} and is not attached to an instance: calls to it are not answered`,
    remedy: `Attach ${id} to the instance that serves ${address}, or declare an address that is in use as the target.`,
  }),
  REGISTRATION_INCOMPLETE: ({
    instance,
    lacks,
    attribute = lacks === 'address' ? 'an address' : 'a port',
  }: {
    readonly instance: string;
    readonly lacks: 'address' | 'port';
    /** The attribute of a registration that gives it. */
    readonly attribute?: string | undefined;
  }) => ({
    params: { instance, lacks },
    because: `instance ${instance} is registered without ${lacks === 'address' ? 'an address' : 'a port'}`,
    remedy: `Register instance ${instance} with ${attribute}.`,
  }),
});
