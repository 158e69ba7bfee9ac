/** An attribute of the resource that has an integration, in the words of the tool: `tls_config of aws_apigatewayv2_integration.main`. */
export type AttributeText = (path: readonly string[]) => string;

/** How settings that a spec gives a target are written with another tool, for one kind of gateway. Beginnings of sentences. */
export interface SettingWords {
  readonly withTls: (at: AttributeText) => string;
  readonly withoutTls: (at: AttributeText) => string;
  /** Where the name of the certificate is. */
  readonly serverName: (at: AttributeText) => string;
  /** How the Host header of calls is set. */
  readonly host: (at: AttributeText) => string;
}
