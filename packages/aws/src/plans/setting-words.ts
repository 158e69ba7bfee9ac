import type { SettingWords } from '@postern/core/internal/overlay';

const NAME = 'the name on the certificate of the listener';

/** The URI of a REST API or of a WebSocket API has its protocol and its host. */
const inUri = (attribute: string): SettingWords => ({
  withTls: (at) => `Write https and ${NAME} in ${at([attribute])}`,
  withoutTls: (at) => `Write http in place of https in ${at([attribute])}`,
  serverName: (at) => `the host in ${at([attribute])}`,
  host: (at) => `Write the host that the rule matches in ${at([attribute])}`,
});

/** How settings of a target are written in plans of AWS, by the kind of gateway. */
export const settingWords: Readonly<Record<'http-api' | 'rest-api' | 'websocket-api', SettingWords>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html for the Host header
  'http-api': {
    withTls: (at) => `Write ${NAME} as ${at(['tls_config', 'server_name_to_verify'])}`,
    withoutTls: (at) => `Remove ${at(['tls_config'])}`,
    serverName: (at) => at(['tls_config', 'server_name_to_verify']),
    host: (at) => `Or send the host that the rule matches: overwrite:header.host in ${at(['request_parameters'])}`,
  },
  'rest-api': inUri('uri'),
  'websocket-api': inUri('integration_uri'),
};
