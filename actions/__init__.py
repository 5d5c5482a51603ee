"""What Piste says and proposes: thin actions that read slots and context, ask `knowledge_base`, and answer."""
