import type { Missing } from '../../../do/world/views.js';
import { missingParams } from '../../../do/findings/missing.js';
import { reason, reasons, becauseOf, type HopText } from './reason.js';

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
  TARGET_NOT_RUNNING: reason('{instance} is {state}', 'Start {instance}.'),
  INSTANCE_ABSENT: reason('instance {instance} does not exist', 'Declare an instance that exists.'),
  /** `isRegistered`: it is a target of a load balancer. */
  ADDRESS_UNUSED: reason(
    'no resource in {network} has the address {address}',
    [
      'if isRegistered: Register an address that is in use.',
      'Declare an address of a network interface in {network} as the target.',
    ],
    { hidden: ['isRegistered'] },
  ),
  INTERFACE_UNATTACHED: reason(
    'network interface {interface} has {address} and is not attached to an instance: calls to it are not answered',
    'Attach {interface} to the instance that serves {address}, or declare an address that is in use as the target.',
  ),
  /** `attribute`: that of a registration that gives what it lacks. */
  REGISTRATION_INCOMPLETE: reason(
    'instance {instance} is registered without [if lacks=address: an address|a port]',
    'Register instance {instance} with [{attribute}|if lacks=address: an address|a port].',
    { hidden: ['attribute'] },
  ),
});

/** What stops the packet under an assumption about a fact that is not known. */
export interface Aside {
  /** Where the fact is a setting: as which it is assumed. */
  readonly setting?: 'on' | 'off' | undefined;
  readonly stop: HopText;
}

/** What is missing, and what stops the packet under an assumption about it. */
export function missingText({ what }: Missing, aside: Aside | undefined): string {
  if (aside === undefined) return what;
  const { setting, stop } = aside;
  return `${what} (${setting === undefined ? '' : `if ${setting}: `}${becauseOf(stop)})`;
}

/** Where a fact is missing, whatever the check. */
export const unreadReasons = reasons({
  NOT_READ: ({ missing, aside }: { readonly missing: Missing; readonly aside?: Aside | undefined }) => {
    const what = missingText(missing, aside);
    return {
      because: `${what} could not be read`,
      remedy: missing.remedy,
      params: { missing: missingParams({ ...missing, what }) },
    };
  },
});
