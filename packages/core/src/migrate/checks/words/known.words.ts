import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/known`. */
export const migrateKnownWords = {
  title: 'Every backend of the gateway is known',
  about:
    'Backends are named in drafts, in what is published on each stage, in named backends and in the bodies of plug-ins. The backend cannot be determined ' +
    'from a body that is neither YAML nor JSON, or from an authorization that does not exist. Such a gateway cannot be evaluated.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    GATEWAY_NOT_READ: ({
      gateway,
      problem,
      remedy,
    }: {
      readonly gateway: string;
      readonly problem: string;
      readonly remedy?: string | undefined;
    }) => ({ message: `cannot determine whether ${gateway} may move: ${problem}`, remedy }),
    GROUPS_NOT_READ: ({
      group,
      from,
      what,
      remedy,
    }: {
      /** Undefined: the list of groups was not read. */
      readonly group?: string | undefined;
      readonly from: string;
      readonly what: string;
      readonly remedy?: string | undefined;
    }) => {
      const asked = group === undefined ? `which groups are on ${from}` : `whether ${group} is on ${from} and may move`;
      return { message: `cannot determine ${asked}: ${what} could not be read`, remedy };
    },
    USES_NOT_READ: () => 'every backend is known',
    USE_NOT_READABLE: ({
      useText,
      unreadable,
      remedy,
    }: {
      readonly useText: string;
      readonly unreadable: string;
      readonly remedy: string;
    }) => ({ message: `cannot determine the backend of ${useText}: ${unreadable}`, remedy: remedy }),
    ROUTES_NOT_READ: () => 'every route that moves is known',
    BACKEND_NOT_READ: ({ name }: { readonly name: string }) => `calls reach ${name}`,
    TARGET_NOT_READ: ({
      what,
      movesAsOne,
      name,
    }: {
      readonly what: string;
      readonly movesAsOne: boolean;
      readonly name: string;
    }) => `${what === 'target' ? 'a' : 'an'} ${movesAsOne ? 'authorization' : 'target'} named ${name} exists`,
    TARGET_ABSENT: ({
      movesAsOne,
      name,
      useText,
      what,
      use,
    }: {
      readonly movesAsOne: boolean;
      readonly name: string;
      readonly useText: string;
      readonly what: string;
      readonly use: string;
    }) => ({
      message: `${movesAsOne ? 'authorization' : 'target'} ${name} does not exist, but ${useText} names it`,
      remedy: `Create ${what === 'target' ? 'it' : `an authorization named ${name}`}, or point ${use} to another backend, before the move.`,
    }),
  },
} satisfies CheckWords;
