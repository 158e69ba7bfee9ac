import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/published`. */
export const gatewayPublishedWords = {
  title: 'The APIs of the group are published on the declared stages',
  about:
    'A stage serves the published version of an API. A draft that was never published does not answer calls. `postern apply` ' +
    'publishes the APIs that it creates on the stages that the spec names. If the spec names no stage, an API that is published on no ' +
    'stage is a warning, or an error where the integration is `owner: external`. This check ignores APIs that do not exist yet.',
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
      message: `${key} is not published on any stage: it cannot be called`,
      remedy:
        owner === 'external'
          ? `Ask its owner to publish ${key}, or remove it from integrations.${integration}.routes.`
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
      message: `${key} is not published on ${lacking.join(', ')}: calls there get the error that the API does not exist`,
      remedy:
        isOurs && owner !== 'external'
          ? 'Run `postern apply`: it publishes the API.'
          : `Publish ${key} on ${lacking.join(', ')}, or write the stages on which it is called under integrations.${integration}.gateway.stages.`,
      mendedBy: isOurs && owner !== 'external' ? 'apply' : undefined,
    }),
  },
} satisfies CheckWords;
