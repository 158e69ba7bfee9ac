import type { Says } from '../../../findings/statement.js';

/** Messages of `group-move.ts`. */
export const groupMoveSays = {
  OTHERS_PUBLISHED: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
    message: message,
    remedy: remedy,
  }),
  MOVE_NOT_KNOWN: ({ gateway, replace }: { readonly gateway: string; readonly replace: string }) =>
    `the service allows the move of ${gateway} to ${replace}`,
  USE_NOT_KNOWN: ({ gateway, replace }: { readonly gateway: string; readonly replace: string }) =>
    `the service allows the move of ${gateway} to ${replace}`,
  BACKEND_ELSEWHERE: ({
    backend,
    network,
    linkText,
    networkId,
    gateway,
    hasUse,
    useText,
    use,
  }: {
    readonly backend: string;
    readonly network: string;
    readonly linkText: string;
    readonly networkId: string;
    readonly gateway: string;
    readonly hasUse: boolean;
    readonly useText: string;
    readonly use: string;
  }) => ({
    message: `${backend} is in ${network}, and ${linkText} connects to ${networkId}. The service compares the two VPCs: it refuses to move ${gateway}${!hasUse ? '' : ` because of ${useText}`}, and \`postern apply\` fails`,
    remedy: `Change ${use} to a backend in ${networkId}, remove ${use} from the group, or use a separate API group.`,
  }),
  BACKEND_NOT_READ: ({ backend, replace }: { readonly backend: string; readonly replace: string }) =>
    `${backend} is inside the accessible blocks of ${replace}`,
  BACKEND_OUTSIDE_BLOCKS: ({
    backend,
    isAddress,
    outside,
    linkText,
    gateway,
    hasUse,
    useText,
    link,
    use,
  }: {
    readonly backend: string;
    readonly isAddress: boolean;
    readonly outside: string;
    readonly linkText: string;
    readonly gateway: string;
    readonly hasUse: boolean;
    readonly useText: string;
    readonly link: string;
    readonly use: string;
  }) => ({
    message: `${backend} is ${isAddress ? '' : `at ${outside}, `}outside the accessible blocks of ${linkText} and the service reports "instance cannot connect the backend ${outside}": it refuses to move ${gateway}${!hasUse ? '' : ` because of ${useText}`}, and \`postern apply\` fails`,
    remedy: `Add the block of ${outside} to links.${link}.allowlist, remove ${use} from the group, or use a separate API group.`,
  }),
} satisfies Says;
