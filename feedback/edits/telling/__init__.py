"""What tells who somebody is without a name: ages, roles, circumstances; and what may show instead."""
