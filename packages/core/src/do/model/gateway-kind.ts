/** What kind of resource callers call: a name that a cloud brings, such as `http-api`. */
export type GatewayKind = string;
