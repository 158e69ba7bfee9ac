import type { Says } from '../../findings/statement.js';

/** What is said by `group-move.ts`. */
export const groupMoveSays = {
  OTHERS_PUBLISHED: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
    message: message,
    remedy: remedy,
  }),
  MOVE_NOT_KNOWN: ({ gateway, replace }: { readonly gateway: string; readonly replace: string }) =>
    `the service lets ${gateway} move to ${replace}`,
  USE_NOT_KNOWN: ({ gateway, replace }: { readonly gateway: string; readonly replace: string }) =>
    `the service lets ${gateway} move to ${replace}`,
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
    readonly useText?: string | undefined;
    readonly use: string;
  }) => ({
    message: `${backend} is of ${network}, and ${linkText} leads into ${networkId}. The service compares them: it refuses to move ${gateway}${!hasUse ? '' : ` because of ${useText}`}, and \`postern apply\` fails`,
    remedy: `Lead ${use} to a backend in ${networkId}, take ${use} out of the group, or use a group of your own.`,
  }),
  BACKEND_NOT_READ: ({ backend, replace }: { readonly backend: string; readonly replace: string }) =>
    `${backend} lies inside the accessible blocks of ${replace}`,
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
    readonly useText?: string | undefined;
    readonly link: string;
    readonly use: string;
  }) => ({
    message: `${backend} ${isAddress ? 'lies' : `is at ${outside},`} outside of the accessible blocks of ${linkText} and the service says "instance cannot connect the backend ${outside}": it refuses to move ${gateway}${!hasUse ? '' : ` because of ${useText}`}, and \`postern apply\` fails`,
    remedy: `Add the block of ${outside} to links.${link}.allowlist, take ${use} out of the group, or use a group of your own.`,
  }),
} satisfies Says;
