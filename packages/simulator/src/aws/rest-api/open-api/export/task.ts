import type { Model } from '@aws-sdk/client-api-gateway';
import type { RestApiCopy, RestApiFields } from '../../state.js';

/** The versions of documents, as the service names them: OpenAPI 3.0.1 and Swagger 2.0. */
export type ExportType = 'oas30' | 'swagger';

/** What an export has beside the methods. */
export interface ExportParts {
  /** `x-amazon-apigateway-integration` of each method. */
  readonly integrations: boolean;
  /** `x-amazon-apigateway-authorizer` of each security scheme. */
  readonly authorizers: boolean;
  /** The other extensions: validators, gateway responses, settings. */
  readonly settings: boolean;
}

/** An export in progress. */
export interface Export {
  /** The API's name, and what else no deployment freezes. */
  readonly fields: RestApiFields;
  /** What is deployed on the stage. */
  readonly copy: RestApiCopy;
  readonly type: ExportType;
  readonly parts: ExportParts;
  /** The models that the document refers to so far. */
  readonly models: Set<Model>;
  /** The names of the security schemes that the document refers to so far. */
  readonly schemes: Set<string>;
}
