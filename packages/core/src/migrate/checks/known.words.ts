import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/known`. */
export const migrateKnownWords = {
  title: 'Every backend of the gateway is known',
  about:
    'What leads to a backend stands in drafts, in what is published on each stage, in named backends and in the bodies of plug-ins. A body that is neither YAML nor ' +
    'JSON, and an authorisation that does not exist, lead nobody knows where: such a gateway cannot be judged.',
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
    }) => ({ message: `nobody can say whether ${gateway} may move: ${problem}`, remedy }),
    GROUPS_NOT_READ: ({
      group,
      from,
      what,
      remedy,
    }: {
      /** Undefined: which groups there are was not read. */
      readonly group?: string | undefined;
      readonly from: string;
      readonly what: string;
      readonly remedy?: string | undefined;
    }) => {
      const asked =
        group === undefined ? `which groups are on ${from}` : `whether ${group} is on ${from}, and may move`;
      return { message: `nobody can say ${asked}: ${what} could not be read`, remedy };
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
    }) => ({ message: `nobody can say where ${useText} leads: ${unreadable}`, remedy: remedy }),
    ROUTES_NOT_READ: () => 'every route that moves is known',
    BACKEND_NOT_READ: ({ name }: { readonly name: string }) => `${name} is reached`,
    TARGET_NOT_READ: ({
      what,
      movesAsOne,
      name,
    }: {
      readonly what: string;
      readonly movesAsOne: boolean;
      readonly name: string;
    }) => `there is ${what === 'target' ? 'a' : 'an'} ${movesAsOne ? 'authorisation' : 'target'} ${name}`,
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
      message: `there is no ${movesAsOne ? 'authorisation' : 'target'} ${name}, which ${useText} names`,
      remedy: `Make ${what === 'target' ? 'it' : `an authorisation named ${name}`}, or lead ${use} elsewhere, before the move.`,
    }),
  },
} satisfies CheckWords;
