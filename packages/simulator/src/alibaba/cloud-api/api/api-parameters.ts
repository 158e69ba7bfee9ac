import { required, type Parameter } from '../../operation/operation.js';
import { flag, longName, text } from '../request/parameters.js';

/** The common parameters of CreateApi and ModifyApi. Structures are JSON texts. */
export const apiParameters = {
  ApiName: required(longName),
  Visibility: { type: 'string', required: true, values: ['PUBLIC', 'PRIVATE'] },
  Description: { type: 'string', length: [0, 180] },
  AuthType: { type: 'string', values: ['APP', 'ANONYMOUS', 'APPOPENID', 'OPENID'] },
  RequestConfig: required(text),
  ServiceConfig: required(text),
  RequestParameters: text,
  SystemParameters: text,
  ConstantParameters: text,
  ServiceParameters: text,
  ServiceParametersMap: text,
  ErrorCodeSamples: text,
  ResultDescriptions: text,
  OpenIdConnectConfig: text,
  ResultType: text,
  ResultSample: text,
  FailResultSample: text,
  ResultBodyModel: text,
  AllowSignatureMethod: text,
  AppCodeAuthType: text,
  WebSocketApiType: text,
  DisableInternet: flag,
  ForceNonceCheck: flag,
  BackendEnable: flag,
  BackendId: text,
} as const satisfies Readonly<Record<string, Parameter>>;
