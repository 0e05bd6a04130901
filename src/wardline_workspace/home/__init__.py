"""What needs you today: the page that somebody sees first, made from what each room has for them."""
