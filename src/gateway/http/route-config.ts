declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the call of the route changes something. */
    isUpdate?: boolean;
    /** Whether the route asks for no key, and answers nothing that is a secret. */
    isOpen?: boolean;
    /** The methods that the path takes, on a route for those that it does not take. */
    allow?: string;
    /** The route's schema in the OpenAPI document, where it says more than the one that validates. */
    document?: Readonly<Record<string, unknown>>;
  }
}

export {};
