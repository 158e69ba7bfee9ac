import type { CheckWords } from '../../findings/statement.js';

/** The texts of `gateway/published`. */
export const gatewayPublishedWords = {
  title: 'The APIs of the group are published on the stages that the spec names',
  about:
    'An API of an API group is called on the stages on which it is published, and as it was when it was published: a draft that nobody ' +
    'published answers nobody. `postern apply` publishes what it makes, on the stages that the spec ' +
    'names; where it names none, an API that is published nowhere is a warning, or an error where the integration is `owner: external`. APIs that are not there yet are no matter of this check.',
  sources: ['https://help.aliyun.com/document_detail/43611.html'],
  says: {
    GATEWAY_NOT_READ: ({ integration }: { readonly integration: string }) => `the APIs of ${integration} are published`,
    PUBLISHED: ({ key, callable }: { readonly key: string; readonly callable?: readonly string[] | undefined }) =>
      `${key} is published on ${callable?.join(', ') ?? ''}`,
    STAGES_NOT_READ: ({ key }: { readonly key: string }) => `${key} is published`,
    PUBLISHED_NOWHERE: ({
      key,
      owner,
      integration,
    }: {
      readonly key: string;
      readonly owner?: string | undefined;
      readonly integration: string;
    }) => ({
      message: `${key} is published on no stage: nobody can call it`,
      remedy:
        owner === 'external'
          ? `Have its owner publish ${key}, or remove it from integrations.${integration}.routes.`
          : `Publish ${key}, or write the stages under integrations.${integration}.gateway.stages and run \`postern apply\`.`,
    }),
    STAGES_LACKING: ({
      key,
      lacking,
      isOurs,
      owner,
      integration,
    }: {
      readonly key: string;
      readonly lacking: readonly string[];
      readonly isOurs: boolean;
      readonly owner?: string | undefined;
      readonly integration: string;
    }) => ({
      message: `${key} is not published on ${lacking.join(', ')}: calls there find no such API`,
      remedy:
        isOurs && owner !== 'external'
          ? 'Run `postern apply`: it publishes it.'
          : `Publish ${key} on ${lacking.join(', ')}, or write the stages on which it is called under integrations.${integration}.gateway.stages.`,
    }),
  },
} satisfies CheckWords;
