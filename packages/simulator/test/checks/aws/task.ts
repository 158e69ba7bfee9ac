/** A task definition for Fargate whose container listens at 8080. */
export const TASK = {
  family: 'orders',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'web', image: 'example.com/orders:1', portMappings: [{ containerPort: 8080 }] }],
};
