"""As people in England write them."""
